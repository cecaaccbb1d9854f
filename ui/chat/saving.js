// Saving the conversation: asks Python for a kind of file, and gives the file that comes to the browser.
//
// Gradio calls this once, as the body of a function with `element` and `trigger`, which sends an event to Python.

function save([content, name, type]) {
    const link = document.createElement("a");
    const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}

element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-kind]");
    if (!button) return;
    const menu = button.closest(".menu");
    menu.open = false;
    menu.querySelector("summary").focus();
    trigger("download", button.dataset.kind);
});
document.addEventListener("save-file", (event) => save(event.detail));
