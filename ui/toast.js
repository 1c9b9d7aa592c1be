/* One sentence about what was just done, with a way back. Used by ui/toast.py. Times are in milliseconds. */
const STAY = 10000;
const AFTER_HOLD = 3000;
const LONGEST = 60000;
const TICK = 250;

function inField(target) {
  return !!target.closest?.("input:not([type=checkbox]), textarea, select, dialog, [contenteditable], [role=combobox]");
}

export default {
  emits: ["undo"],
  data() {
    return { number: 0, text: "", undoLabel: "", shown: false, pointer: false, focus: false, back: null };
  },
  template: `
    <div class="toast-layer" role="status" aria-live="polite">
      <div v-if="shown" :key="number" class="toast" @pointerenter="pointer = true" @pointerleave="release('pointer')"
           @focusin="enter" @focusout="release('focus')">
        <span>{{ text }}</span>
        <button v-if="undoLabel" type="button" class="toast-undo" @click="undo">{{ undoLabel }}</button>
      </div>
    </div>
  `,
  methods: {
    say(number, text, undoLabel) {
      this.hide();
      Object.assign(this, { number, text, undoLabel, shown: true });
      this.born = Date.now();
      this.until = this.born + STAY;
      this.timer = setInterval(this.tick, TICK);
    },
    tick() {
      const now = Date.now();
      const held = this.pointer || this.focus;
      if (now >= this.born + LONGEST || (!held && now >= this.until)) this.hide();
    },
    release(what) {
      this[what] = false;
      this.until = Math.max(this.until, Date.now() + AFTER_HOLD);
    },
    enter(event) {
      this.focus = true;
      if (event.relatedTarget && !this.$el.contains(event.relatedTarget)) this.back = event.relatedTarget;
    },
    undo() {
      this.$emit("undo", this.number);
      this.hide();
    },
    hide() {
      clearInterval(this.timer);
      const hadFocus = this.$el.contains(document.activeElement);
      Object.assign(this, { shown: false, pointer: false, focus: false });
      if (!hadFocus) return;
      if (this.back?.isConnected) this.back.focus();
      else this.$nextTick(() => document.dispatchEvent(new CustomEvent("focus-lost")));
    },
    onKey(event) {
      if (event.key.toLowerCase() !== "u" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (!this.shown || !this.undoLabel || inField(event.target) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      this.undo();
    },
  },
  mounted() {
    document.addEventListener("keydown", this.onKey);
  },
  beforeUnmount() {
    clearInterval(this.timer);
    document.removeEventListener("keydown", this.onKey);
  },
};
