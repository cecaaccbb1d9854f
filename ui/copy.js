// Copies an answer with its references where that is asked for, and says so on the button for a moment.
() => {
    document.addEventListener("click", async (event) => {
        const button = event.target.closest(".copy");
        if (!button) return;
        await navigator.clipboard.writeText(button.dataset.text);
        const words = button.textContent;
        button.textContent = button.dataset.done;
        setTimeout(() => (button.textContent = words), 2000);
    });
}
