// Keys for what a page can do: each can be changed, none does anything while somebody writes.

/** Something that a key does. */
export interface Binding {
  name: string;
  key: string;
  run: () => void;
}

const KEPT = "sayso.keys";
const OFF = "*";

function kept(): Record<string, string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Record<string, string>) : {};
  } catch {
    return {}; // nothing may be kept in this browser, or something else stands there
  }
}

function keep(changed: Record<string, string>): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(changed));
  } catch {
    // it holds until the page is left
  }
}

function writes(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable]:not([contenteditable=false])") !== null;
}

/** Listen to keys; `button` opens the list of them, as does `?`. */
export function keys(bindings: Binding[], button: HTMLElement | null, say: (key: string) => string): void {
  let changed = kept();
  const keyOf = (binding: Binding): string => {
    const own = changed[binding.name];
    return typeof own === "string" && [...own].length === 1 ? own : binding.key;
  };
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "keys-title");
  document.body.append(dialog);
  let waiting: Binding | null = null;

  const element = <K extends keyof HTMLElementTagNameMap>(name: K, words = ""): HTMLElementTagNameMap[K] => {
    const made = document.createElement(name);
    made.textContent = words;
    return made;
  };

  const show = (message: string, focus = ""): void => {
    const title = element("h2", say("title"));
    title.id = "keys-title";
    const told = element("p", message || say(OFF in changed ? "are_off" : "how"));
    told.setAttribute("role", "status");
    const table = element("table");
    for (const binding of bindings) {
      const row = table.insertRow();
      const key = element("button");
      key.type = "button";
      key.className = "plain";
      key.id = `key-${binding.name}`;
      key.setAttribute("aria-label", `${say("change")} ${say(binding.name)}: ${keyOf(binding)}`);
      key.append(element("kbd", keyOf(binding)));
      key.addEventListener("click", () => {
        waiting = binding;
        show(`${say("change")} “${say(binding.name)}”.`, key.id);
      });
      row.insertCell().append(key);
      row.insertCell().textContent = say(binding.name);
    }
    const off = OFF in changed;
    const row = table.insertRow();
    row.insertCell().append(element("kbd", "?"));
    row.insertCell().textContent = say("help");
    const close = element("button", say("close"));
    close.type = "button";
    close.addEventListener("click", () => dialog.close());
    const reset = element("button", say("reset"));
    reset.type = "button";
    reset.className = "plain";
    reset.addEventListener("click", () => {
      changed = {};
      keep(changed);
      show("");
    });
    const toggle = element("button", say(off ? "on" : "off"));
    toggle.type = "button";
    toggle.className = "plain";
    toggle.id = "keys-off";
    toggle.addEventListener("click", () => {
      const { [OFF]: _, ...others } = changed;
      changed = off ? others : { ...changed, [OFF]: "off" };
      keep(changed);
      show("", toggle.id);
    });
    const line = element("p");
    line.className = "buttons";
    line.append(close, reset, toggle);
    dialog.replaceChildren(title, told, table, line);
    if (!dialog.open) dialog.showModal();
    document.getElementById(focus)?.focus();
  };

  dialog.addEventListener("close", () => {
    waiting = null;
  });
  dialog.addEventListener("keydown", (event) => {
    const binding = waiting;
    if (!binding || event.key === "Escape" || event.key === "Tab" || event.key === "Shift") return;
    event.preventDefault();
    event.stopPropagation();
    if ([...event.key].length !== 1 || event.key === " ") {
      show(say("no_key"), `key-${binding.name}`);
      return;
    }
    const taken = event.key === "?" ? say("help") : bindings.find((other) => other !== binding && keyOf(other) === event.key)?.name;
    waiting = null;
    if (taken) {
      show(`${say("taken")} “${event.key === "?" ? taken : say(taken)}”.`, `key-${binding.name}`);
      return;
    }
    changed = { ...changed, [binding.name]: event.key };
    keep(changed);
    show("", `key-${binding.name}`);
  });

  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => show(""));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented || dialog.open || OFF in changed || writes(event.target)) return;
    if (event.key === "?") {
      event.preventDefault();
      show("");
      return;
    }
    const binding = bindings.find((other) => keyOf(other) === event.key);
    if (!binding) return;
    event.preventDefault();
    binding.run();
  });
}
