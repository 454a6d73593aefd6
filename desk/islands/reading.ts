// The reading view: light what a claim points at, go through claims by keys, act on them without leaving the page, take words of the text into a form.
import { type Binding, keys } from "../reading/keys";
import { type Blocks, light, type Marks } from "../reading/light";
import { selected, taking } from "../reading/take";

const strings: Record<string, string> = JSON.parse(document.getElementById("strings")?.textContent ?? "{}");
const say = (key: string): string => strings[key] ?? key;
const announcement = document.getElementById("announcement");
const announce = (words: string): void => {
  if (announcement) announcement.textContent = words;
};

const text = document.getElementById("text");
if (text) taking(text, announce, say);

let marks: Marks | null = JSON.parse(document.getElementById("marks")?.textContent ?? "null");
const blocks: Blocks = JSON.parse(document.getElementById("blocks")?.textContent ?? "[]");
if (text && marks) {
  const all = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("article[data-claim]")];
  const chosen = (): HTMLElement | null => document.querySelector("article[data-claim].chosen");

  const choose = (id: string, focus: boolean): void => {
    for (const article of all()) article.classList.toggle("chosen", article.dataset.claim === id);
    const out = new Set(all().flatMap((article) => (article.dataset.state === "rejected" && article.dataset.claim ? [article.dataset.claim] : [])));
    light(text, marks ?? {}, blocks, id, out);
    const article = chosen();
    if (!article) return;
    if (focus) article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "nearest" });
    history.replaceState(null, "", `${location.pathname}?claim=${id}#claim-${id}`);
    for (const back of document.querySelectorAll<HTMLInputElement>('input[name="back"]')) {
      if (back.form?.dataset.act) back.value = `${location.pathname}?claim=${id}`;
    }
  };

  const step = (by: number): void => {
    const list = all();
    const at = list.findIndex((article) => article.classList.contains("chosen"));
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by];
    if (next?.dataset.claim) choose(next.dataset.claim, true);
    else announce(say(by > 0 ? "end" : "start"));
  };

  /** What was written and ticked among the claims, by where it stands; nothing of a form that was sent. */
  const written = (sent: HTMLFormElement | null): Map<string, string> => {
    const found = new Map<string, string>();
    for (const article of all()) {
      const note = article.querySelector("textarea");
      if (note?.value && note.form !== sent) found.set(`#${article.id} textarea`, note.value);
      if (article.querySelector("input[name=claim]:checked")) found.set(`#${article.id} input[name=claim]`, "");
    }
    const together = document.querySelector<HTMLInputElement>("#many input[name=note]");
    if (together?.value) found.set("#many input[name=note]", together.value);
    return found;
  };

  /** Put the claims of a page as the server gives it now in the place of those that are shown; what somebody was writing there stays. */
  const refresh = async (id: string | null, sent: HTMLFormElement | null = null): Promise<void> => {
    const answer = await fetch(`${location.pathname}${id ? `?claim=${id}` : ""}`, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const kept = written(sent);
    for (const name of ["claims", "marks"]) {
      const fresh = page.getElementById(name);
      if (fresh) document.getElementById(name)?.replaceWith(document.importNode(fresh, true));
    }
    for (const [where, words] of kept) {
      const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(where);
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = true;
      else if (field) field.value = words;
      field?.closest("details")?.setAttribute("open", "");
    }
    marks = JSON.parse(document.getElementById("marks")?.textContent ?? "{}");
    if (id) choose(id, true);
  };

  /** Send a form as it would send itself, and stay. */
  const send = async (form: HTMLFormElement, button: HTMLElement | null): Promise<void> => {
    const act = button?.dataset.act ?? form.dataset.act ?? "";
    const to = (button instanceof HTMLButtonElement && button.getAttribute("formaction")) || form.action;
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    const token = fields.get("_csrf_token") ?? "";
    const answer = await fetch(to, { method: "POST", body: fields, headers: { accept: "application/json", "x-csrftoken": token } });
    const before = chosen()?.dataset.claim ?? null;
    if (!answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const told = page.querySelector(".error")?.textContent?.trim() ?? String(answer.status);
      await refresh(before);
      announce(say("failed") + told);
      return;
    }
    let next = before;
    if (act === "accept" || act === "reject") {
      const list = all();
      const at = list.findIndex((article) => article.dataset.claim === before);
      next = [...list.slice(at + 1), ...list.slice(0, at)].find((article) => article.dataset.state === "proposed")?.dataset.claim ?? before;
    }
    await refresh(next, form);
    announce(say(`done_${act}`));
  };

  let sending = false;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.act) return;
    event.preventDefault();
    if (sending) return; // a key that is pressed twice is meant once: what comes next was not seen yet
    sending = true;
    const article = form.closest<HTMLElement>("article[data-claim]");
    if (article?.dataset.claim) choose(article.dataset.claim, false);
    send(form, event.submitter)
      .catch(() => announce(say("unsent")))
      .finally(() => {
        sending = false;
      });
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const adds = event.target.closest<HTMLAnchorElement>('a[data-act^="new-"]');
    const words = adds ? selected(text) : null;
    if (adds && words) {
      const to = new URL(adds.href); // what is selected is the evidence of the claim that is added
      to.searchParams.set("start", String(words.start));
      to.searchParams.set("end", String(words.start + [...words.words].length));
      adds.href = to.href;
      return;
    }
    const said = event.target.closest<HTMLAnchorElement>("a.said, a.words");
    if (!said) return;
    event.preventDefault();
    if (said.classList.contains("words")) {
      const article = said.closest<HTMLElement>("article[data-claim]");
      if (article?.dataset.claim) choose(article.dataset.claim, true);
      return;
    }
    if (!document.getSelection()?.isCollapsed) return;
    const over = (said.dataset.claims ?? "").split(" ");
    const at = over.indexOf(chosen()?.dataset.claim ?? "");
    const next = over[(at + 1) % over.length]; // a click on words that several claims stand on goes from one to the next
    if (next) choose(next, false);
  });

  const form = (act: string): (() => void) => () => {
    const found = chosen()?.querySelector<HTMLButtonElement>(`button[data-act="${act}"]`);
    if (found) found.click();
    else announce(say(chosen() ? "not_now" : "no_claim"));
  };
  const follow = (selector: string, within: () => ParentNode | null): (() => void) => () => {
    within()?.querySelector<HTMLAnchorElement>(selector)?.click();
  };
  const everywhere = (act: string): (() => void) => () => document.querySelector<HTMLFormElement>(`form[data-act="${act}"]`)?.requestSubmit();
  const bindings: Binding[] = [
    { name: "next", key: "j", run: () => step(1) },
    { name: "previous", key: "k", run: () => step(-1) },
    { name: "accept", key: "a", run: form("accept") },
    { name: "reject", key: "x", run: form("reject") },
    { name: "edit", key: "e", run: follow('a[data-act="edit"]', chosen) },
    { name: "check", key: "c", run: form("check") },
    { name: "reopen", key: "p", run: form("reopen") },
    { name: "undo", key: "u", run: everywhere("undo") },
    { name: "redo", key: "U", run: everywhere("redo") },
    { name: "new", key: "n", run: follow('a[data-act="new-event"]', () => document) },
    { name: "incident", key: "o", run: follow('a[data-act="incident"]', chosen) },
    { name: "find", key: "/", run: () => location.assign("/reports#search") },
  ];
  keys(bindings, document.querySelector<HTMLElement>('[data-act="help"]'), say);

  const first = chosen() ?? null;
  if (first?.dataset.claim) choose(first.dataset.claim, false);
}
