// Words that are selected in the text → a field of the form.

/** How many code points stand in an element before a place in it. */
function before(element: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

/** The words that are selected in a text, and where they begin; null where none are. */
export function selected(text: HTMLElement): { words: string; start: number } | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const whole = range.toString();
  const words = whole.replace(/^[\s\u200b]+|[\s\u200b]+$/gu, ""); // where a line ends in two characters the text shows the first as no width
  return words ? { words, start: before(text, range.startContainer, range.startOffset) + [...whole.slice(0, whole.indexOf(words))].length } : null;
}

/** Let the field that had the focus last take what is selected, when Enter is pressed in the text. */
export function taking(text: HTMLElement, announce: (words: string) => void, say: (key: string) => string): void {
  let field: HTMLInputElement | null = document.querySelector<HTMLInputElement>("input[data-span]");
  if (!field) return;
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.span) field = event.target;
  });
  const take = (): void => {
    const found = selected(text);
    if (!field || !found) {
      announce(say("no_selection"));
      return;
    }
    field.value = found.words.replace(/[\s\u200b]+/gu, " ");
    const at = document.getElementById(`f-${field.dataset.span ?? ""}`);
    if (at instanceof HTMLInputElement) at.value = String(found.start);
    announce(say("took") + field.value);
    field.focus();
  };
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    take();
  });
  // Without a mouse words are selected as in any text that can be browsed: the caret is put at the start of the text when it gets the focus.
  text.addEventListener("focus", () => {
    const selection = document.getSelection();
    if (selection && !text.contains(selection.anchorNode)) selection.collapse(text, 0);
  });
  text.addEventListener("keydown", (event) => {
    const selection = document.getSelection();
    if (!selection?.modify || event.altKey || event.metaKey) return;
    const by = event.ctrlKey ? "word" : "character";
    const moves: Record<string, [string, string]> = {
      ArrowRight: ["forward", by], ArrowLeft: ["backward", by], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"],
      Home: ["backward", "lineboundary"], End: ["forward", "lineboundary"],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    selection.modify(event.shiftKey ? "extend" : "move", move[0], move[1]);
  });
}
