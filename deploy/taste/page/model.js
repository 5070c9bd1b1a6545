// What a widget's front end talks to: its synced traits, and messages to and from the interpreter.

class Model {
  constructor(id, state, send, isBusy) {
    this.id = id;
    this.state = state;
    this.callbacks = new Map();
    this.send = (content) => send(id, content);
    // Front ends ask a notebook's session why nothing answers; here it is this page's own interpreter.
    const kernel = {
      connectionStatus: "connected",
      get status() {
        return isBusy() ? "busy" : "idle";
      },
    };
    this.widget_manager = { context: { sessionContext: { session: { kernel } } } };
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    this.state[name] = value;
  }

  save_changes() {}

  on(event, callback) {
    if (!this.callbacks.has(event)) this.callbacks.set(event, new Set());
    this.callbacks.get(event).add(callback);
  }

  off(event, callback) {
    this.callbacks.get(event)?.delete(callback);
  }

  emit(event, ...values) {
    for (const callback of [...(this.callbacks.get(event) ?? [])]) callback(...values);
  }

  /** Something that the interpreter says: new values of traits, or a message. */
  take({ state, message }) {
    if (message !== undefined) return this.emit("msg:custom", message, []);
    Object.assign(this.state, state);
    for (const name of Object.keys(state)) this.emit(`change:${name}`);
  }
}
