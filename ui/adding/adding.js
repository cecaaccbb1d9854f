// Adding: files and folders that are dropped anywhere on the page, an address that is fetched, and the undo of what was
// added last. One batch is added at a time; what is dropped meanwhile waits here.
//
// Gradio calls this once, as the body of a function with `element` and `trigger`. The files go the way of Gradio's own
// field for files, whose events Python answers. Its own drop sees none of them, because it takes no folders. The tab with
// the fields is made when it is opened first.

const SKIPPED = /^\./; // hidden files of a folder, which no one means to add
const cover = element.querySelector(".drop-anywhere");
const field = () => document.querySelector(".add-address");
let waiting = []; // files that are added next
let busy = false; // whether a batch is being added

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const mayAdd = () => !document.querySelector(".account.reader");

function setBusy(now) {
    busy = now;
    if (field()) field().querySelector("button").disabled = busy;
    const waits = document.querySelector(".add-waiting");
    if (!waits) return;
    const [one, several] = JSON.parse(waits.dataset.words);
    const number = busy ? waiting.length : 0;
    waits.textContent = number ? (number === 1 ? one : several).replace("{number}", number) : "";
}

// On a phone the tabs are a sheet, which opens with the list of articles.
function showTab() {
    if (!document.querySelector("#tabs").checkVisibility()) document.querySelector(".open-articles").click();
    const tab = document.querySelector("#add-tab-button");
    if (tab.ariaSelected !== "true") tab.click();
}

// The entries of a folder come in groups, of which the last is empty, and in no order.
async function readFolder(entry) {
    const reader = entry.createReader();
    const found = [];
    for (;;) {
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (!some.length) break;
        found.push(...some.filter(({ name }) => !SKIPPED.test(name)));
    }
    found.sort((one, other) => one.name.localeCompare(other.name));
    return (await Promise.all(found.map(readEntry))).flat();
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
// The pointer left the window, or the drag was given up.
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
document.addEventListener("submit", (event) => {
    if (event.target !== field()) return;
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    trigger("submit", { address: field().querySelector("input").value.trim() });
    field().reset();
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
