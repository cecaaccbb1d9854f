// Checking a draft, in the place of the conversation: sends the text, tells how far the check is, and shows the result in
// the place of the form.
//
// Gradio calls this once, as the body of a function with `element`, `trigger`, `props` and `watch`.

const MOST = 700_000; // bytes of a file, which is sent in one request
const part = (name) => element.querySelector(`.draft-${name}`);
const text = element.querySelector("#draft-text");
const page = element.closest("#draft");

function show() {
    document.body.dataset.view = "draft";
    (part("form").hidden ? part("change") : text).focus();
}

function leave() {
    document.body.dataset.view = "";
}

// The form and the checked draft take turns.
function showForm(isShown) {
    part("form").hidden = !isShown;
    part("done").hidden = isShown;
    page.toggleAttribute("data-checked", !isShown);
}

function setBusy(isBusy) {
    part("check").disabled = isBusy;
    text.readOnly = isBusy;
}

function check(event) {
    event.preventDefault();
    if (part("check").disabled) return;
    setBusy(true);
    part("state").textContent = "";
    trigger("submit", { text: text.value });
}

function change() {
    part("state").textContent = "";
    showForm(true);
    text.focus();
}

// A file is read as those of the archive are.
async function open({ target }) {
    const [file] = target.files;
    if (!file) return;
    const { reading, large } = part("head").dataset;
    const isLarge = file.size > MOST;
    part("state").textContent = isLarge ? large : reading;
    if (!isLarge) {
        setBusy(true);
        const bytes = new Uint8Array(await file.arrayBuffer());
        const content = btoa(bytes.reduce((told, byte) => told + String.fromCharCode(byte), ""));
        trigger("upload", { suffix: file.name.slice(file.name.lastIndexOf(".")).toLowerCase(), content });
    }
    target.value = "";
}

function tell() {
    if (!props.value?.number) return;
    const { state, is_checked, is_over, text: read } = props.value;
    if (read !== undefined) text.value = read;
    part("state").textContent = state;
    if (is_checked || is_over) setBusy(false);
    if (!is_checked) return;
    showForm(false);
    part("change").focus();
}

part("form").addEventListener("submit", check);
part("close").addEventListener("click", () => {
    leave();
    document.querySelector("#show-draft").focus();
});
part("change").addEventListener("click", change);
part("save").addEventListener("click", () => trigger("download"));
part("open").addEventListener("click", () => part("file").click());
part("file").addEventListener("change", open);
// What was refused on its way is not being checked.
document.addEventListener("refused", () => setBusy(false));
document.addEventListener("show-draft", show);
for (const asked of ["question-taken", "answer-awaited"]) document.addEventListener(asked, leave);
watch("value", tell);
