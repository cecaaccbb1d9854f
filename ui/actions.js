// What the buttons inside the chat do: copy an answer with its references, ask a question, put one back into the box.
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
            await navigator.clipboard.writeText(button.dataset.text);
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
}
