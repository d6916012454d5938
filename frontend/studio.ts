/** The script of the studio alone: bpmn-js is large, and no other page draws. */
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "./css/studio.css";
import * as studio from "./islands/studio";

studio.mount(document);
