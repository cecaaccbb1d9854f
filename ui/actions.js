// What the buttons inside the chat do: copy an answer with its references or a link to it, ask a question, put one back
// into the box.
() => {
    const box = () => document.querySelector("#question textarea");

    function write(question) {
        // The box is Svelte's: it learns what it holds from the event.
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box(), question);
        box().dispatchEvent(new Event("input", { bubbles: true }));
        box().focus();
    }

    document.addEventListener("click", async (event) => {
        const button = event.target.closest(".copy, .ask, .edit");
        if (!button) return;
        if (button.matches(".copy")) {
            const { text, link } = button.dataset;
            await navigator.clipboard.writeText(text ?? new URL(link, location.href).href);
            const words = button.textContent;
            button.textContent = button.dataset.done;
            setTimeout(() => (button.textContent = words), 2000);
            return;
        }
        write(button.dataset.question);
        if (button.matches(".ask")) {
            await new Promise(requestAnimationFrame);
            document.querySelector("#question .submit-button").click();
        }
    });

    // A link to an answer that is opened where the page is open already.
    window.addEventListener("hashchange", () => location.hash.startsWith("#q=") && location.reload());
}
