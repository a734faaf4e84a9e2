// The signature pad of the personal page: draw with finger, pen or mouse, or type a
// name that is drawn instead. The image travels in a hidden field.
(function () {
  "use strict";

  function prepare(form) {
    const canvas = form.querySelector("canvas");
    const typed = form.querySelector("#typed");
    const hidden = form.elements.signature;
    const pen = canvas.getContext("2d");
    let drawing = false;
    let hasInk = false;

    function clear() {
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.strokeStyle = pen.fillStyle = "#1f2933";
      pen.lineWidth = 3;
      pen.lineCap = pen.lineJoin = "round";
      hasInk = false;
    }

    function point(event) {
      const box = canvas.getBoundingClientRect();
      return [
        ((event.clientX - box.left) * canvas.width) / box.width,
        ((event.clientY - box.top) * canvas.height) / box.height,
      ];
    }

    canvas.addEventListener("pointerdown", (event) => {
      if (typed.value) {
        typed.value = "";
        clear();
      }
      canvas.setPointerCapture(event.pointerId);
      drawing = true;
      pen.beginPath();
      pen.moveTo(...point(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (drawing) {
        pen.lineTo(...point(event));
        pen.stroke();
        hasInk = true;
      }
    });
    for (const name of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(name, () => {
        drawing = false;
      });
    }
    typed.addEventListener("input", () => {
      clear();
      const name = typed.value.trim();
      if (name) {
        let size = 72;
        do {
          pen.font = `italic ${size}px cursive`;
          size -= 4;
        } while (pen.measureText(name).width > canvas.width - 40 && size > 16);
        pen.textBaseline = "middle";
        pen.fillText(name, 20, canvas.height / 2);
        hasInk = true;
      }
    });
    form.querySelector(".clear").addEventListener("click", () => {
      typed.value = "";
      clear();
      canvas.focus();
    });
    form.addEventListener("submit", () => {
      hidden.value = hasInk ? canvas.toDataURL("image/png") : "";
    });
    clear();
  }

  document.querySelectorAll("form.signature").forEach(prepare);
})();
