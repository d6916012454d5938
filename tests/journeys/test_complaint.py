"""A major complaint from the first call to the archive, as the people who do it, in both languages."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def register(agent, nodes):
    """Start the case by its form, answer the customer, fill 表3, classify as major, assign."""
    agent.go("/start/P-COMPLAINT/")
    agent.picture("start")
    agent.fill(channel="phone", summary="更换滤芯后接口渗水", complainant="王女士", contact="13800002207")
    agent.press("start")
    expect(agent.page.locator("h1")).to_have_text(nodes["C1a"])
    number = agent.number()
    agent.picture("task-respond")
    agent.complete(response_channel="phone", response_note="已致歉，今天内回复。")
    agent.complete(
        problem_types=["product_quality", "after_sales"],
        problem_description="11 月 7 日在家更换滤芯，8 日发现下接口渗水，橱柜底板受潮。",
        demands=["exchange", "other"],
        demands_other="赔偿橱柜修复费用",
        urgency="normal",
    )
    agent.picture("task-classify")
    agent.complete(level_criteria=["caused_loss", "several_departments"], level="major")
    agent.complete(responsible_department="product")
    return number


@pytest.mark.accepts(
    "H2-07", "H2-08", "H2-52", "H2-53", "H2-54", "H2-55", "H2-56", "H2-57", "H2-58", "H2-59", "H2-60", "H2-61",
    "H2-62", "H2-63", "H2-64", "H2-65", "H2-66", "H2-67", "H2-68", "H2-69", "H2-71", "H2-72", "H2-73", "H2-74",
    "H2-75", "H2-76", "H2-77", "H2-78", "H2-79", "H2-80", "H2-81", "H2-121",
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_major_complaint_is_taken_from_the_first_call_to_the_archive(person, node_names, language):
    nodes = node_names("P-COMPLAINT", language)
    agent = person("limin", language)
    number = register(agent, nodes)
    assert re.fullmatch(r"TS\d{11}", number)

    # the heads and the executive are told at once
    head = person("sunli", language)
    expect(head.go("/notifications/").locator("main")).to_contain_text(number)

    product = person("chenjing", language)
    product.open_task(number, nodes["C3b"])
    product.picture("task-solution-empty")
    product.fill(acceptance="accepted", liability="ours", remedies=["exchange", "compensation"])
    product.press("complete")
    expect(product.page.locator("#form-problems")).to_be_visible()
    product.picture("task-solution-errors")
    product.choose_person("executor", "陈静")
    product.complete(
        acceptance="accepted",
        liability="ours",
        cause_note="批次密封圈硬度偏高，徒手安装时压不到位。",
        remedies=["exchange", "compensation"],
        compensation_amount="1,280.00",
        plan_due_date="2030-12-02",
        customer_reply="我们为您换货并承担橱柜修复费用。",
    )
    product.open_task(number, nodes["C4a"])
    product.complete(
        actions=["exchange", "compensation"], paid_amount="1280", execution_note="已换货并付款。"
    )

    agent.open_task(number, nodes["C4b"])
    agent.page.locator('#docs input[type="file"]').set_input_files(
        {"name": "确认函.txt", "mimeType": "text/plain", "buffer": "客户已确认".encode()}
    )
    agent.page.locator("#docs button").click()
    agent.complete(
        result_summary="已换货并赔付",
        satisfaction="satisfied",
        speed_rating="5",
        solution_rating="5",
        attitude_rating="5",
        customer_suggestion="包装里附一张安装图。",
    )
    finish(agent, product, number, nodes)


def finish(agent, product, number, nodes):
    agent.open_task(number, nodes["C5a"])
    agent.page.locator('[name="archived_documents"]').evaluate_all(
        "boxes => boxes.forEach(box => { box.checked = true })"
    )
    agent.complete(case_summary="密封圈批次问题，已换货赔付。")

    product.open_task(number, nodes["C5b"])
    product.fill(cause_category="product_quality", root_cause="来料检验未测硬度。")
    fill_improvement(product)
    product.press("complete")
    page = agent.go(f"/cases/{number}/")
    agent.picture("case-closed")
    expect(page.locator(".sl-dia svg")).to_be_visible()
    expect(page.locator(".sl-head .sl-tag").first).to_have_text(re.compile("已完成|Completed"))


def fill_improvement(product):
    page = product.page
    for box in page.locator('input[name^="whys"], textarea[name^="whys"]').all():
        if box.is_visible():
            box.fill("因为没有检验标准。")
    for box in page.locator('[name^="measures-0-"]').all():
        if not box.is_visible() or box.get_attribute("type") == "hidden":
            continue
        tag = box.evaluate("element => element.tagName")
        if tag == "SELECT":
            box.select_option(index=1)
        elif box.get_attribute("type") == "date":
            box.fill("2030-12-20")
        elif box.get_attribute("type") in ("radio", "checkbox"):
            box.check(force=True)
        else:
            box.fill("增加来料硬度检验")
    for picker in page.locator('[data-picker^="measures-0"] input[role="combobox"]').all():
        picker.fill("陈静")
        page.locator('[role="option"]').first.click()
