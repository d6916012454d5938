"""Publish the small processes of the verbs in the installation that SHULI_DATA names."""


def main():
    from shuli.server.installation import installation

    with installation():
        from apps.cases import verb_processes

        verb_processes.publish("P-SIGN", verb_processes.parallel())
        verb_processes.publish("P-LINE", verb_processes.line())


if __name__ == "__main__":
    main()
