// Adding: files and folders that are dropped anywhere on the page, an address that is fetched, and the undo of what was
// added last. One batch is added at a time; what is dropped meanwhile waits here.
//
// Gradio calls this once, as the body of a function with `element` and `trigger`. The files go the way of Gradio's own
// field for files, whose events Python answers. Its own drop sees none of them, because it takes no folders.

const SKIPPED = /^\./; // hidden files of a folder, which no one means to add
const field = element.querySelector(".add-address");
const waits = element.querySelector(".add-waiting");
const cover = element.querySelector(".drop-anywhere");
const forms = JSON.parse(waits.dataset.words); // for one file and for several
let waiting = []; // files that are added next
let busy = false; // whether a batch is being added

// The tab is hidden while another is in front, and so would be all that is in it.
document.body.append(cover);

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const mayAdd = () => !document.querySelector(".account.reader");

function setBusy(now) {
    busy = now;
    if (field) field.querySelector("button").disabled = busy;
    const number = waiting.length;
    waits.hidden = number === 0;
    waits.textContent = number ? forms[number === 1 ? 0 : 1].replace("{number}", number) : "";
}

// On a phone the tabs are a sheet, which opens with the list of articles.
function showTab() {
    if (!document.querySelector("#tabs").checkVisibility()) document.querySelector(".open-articles").click();
    const tab = document.querySelector("#add-tab-button");
    if (tab.ariaSelected !== "true") tab.click();
}

// All files of a folder come in groups, of which the last is empty.
async function readFolder(entry) {
    const reader = entry.createReader();
    const found = [];
    for (;;) {
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (!some.length) return found;
        found.push(...(await Promise.all(some.filter(({ name }) => !SKIPPED.test(name)).map(readEntry))).flat());
    }
}

async function readEntry(entry) {
    if (entry.isDirectory) return readFolder(entry);
    return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
}

// The entries must be taken at once: after the event the browser gives none.
function filesOf(transfer) {
    const items = [...transfer.items].filter((item) => item.kind === "file");
    const entries = items.map((item) => item.webkitGetAsEntry());
    const files = items.map((item) => item.getAsFile());
    return Promise.all(entries.map((entry, at) => (entry?.isDirectory ? readFolder(entry) : [files[at]])));
}

async function drop(transfer) {
    const files = (await filesOf(transfer)).flat().filter(Boolean);
    if (!files.length) return;
    showTab();
    waiting.push(...files);
    setBusy(busy);
    addNext();
}

// Gradio's field is away for a moment after each batch.
function addNext() {
    if (busy || !waiting.length) return;
    const input = document.querySelector("#files input[type=file]");
    if (!input) {
        requestAnimationFrame(addNext);
        return;
    }
    const given = new DataTransfer();
    for (const file of waiting.splice(0)) given.items.add(file);
    setBusy(true);
    input.files = given.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

function showCover(shown) {
    cover.hidden = !shown;
}

// What came in can be undone until the library is in another state.
function checkUndo() {
    const batch = document.querySelector("#outcome .batch");
    const state = document.querySelector("#generation")?.textContent.trim();
    if (batch && state && batch.dataset.state !== state) batch.hidden = true;
}

for (const type of ["dragenter", "dragover"]) {
    document.addEventListener(
        type,
        (event) => {
            if (!hasFiles(event)) return;
            event.preventDefault();
            event.stopPropagation();
            event.dataTransfer.dropEffect = mayAdd() ? "copy" : "none";
            showCover(mayAdd());
        },
        { capture: true },
    );
}
document.addEventListener("dragleave", (event) => event.relatedTarget || showCover(false), { capture: true });
document.addEventListener(
    "drop",
    (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        showCover(false);
        if (mayAdd()) drop(event.dataTransfer);
    },
    { capture: true },
);
document.addEventListener("keydown", (event) => event.key === "Escape" && showCover(false));
field?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    trigger("submit", { address: field.querySelector("input").value.trim() });
    field.reset();
});
document.addEventListener("click", (event) => {
    const button = event.target.closest(".undo-batch");
    if (!button || busy) return;
    button.disabled = true;
    setBusy(true);
    trigger("undo", { batch: button.dataset.batch });
});
// Files may also be chosen in Gradio's field.
document.addEventListener("change", (event) => event.target.matches("#files input") && setBusy(true), { capture: true });
document.addEventListener("files-added", () => {
    setBusy(false);
    // The focus was on what undid the batch.
    if (document.activeElement === document.body) document.querySelector("#add-tab-button").focus();
    addNext();
});
// What the server does not take, it answers with no end of a batch.
document.addEventListener("refused", ({ detail }) => {
    if (busy && (detail.includes("/upload") || detail.includes("queue/join"))) setBusy(false);
});
document.addEventListener("new-generation", () => requestAnimationFrame(checkUndo));
