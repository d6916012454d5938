/** A command of bpmn-js that holds others, so that one click is one step of undo. */

interface Stack {
  registerHandler(name: string, handler: unknown): void;
}

class Together {
  preExecute(context: { steps: () => void }): void {
    context.steps();
  }
}

class Registration {
  static $inject = ["commandStack"];

  constructor(stack: Stack) {
    stack.registerHandler("studio.together", Together);
  }
}

export const together = { __init__: ["studioTogether"], studioTogether: ["type", Registration] };
