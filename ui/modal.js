/* A native modal dialog. Used by ui/dialogs.py. */
export default {
  emits: ["dismiss"],
  props: { open: Boolean, titleId: String, focusId: String },
  template: `
    <dialog ref="dialog" class="dlg" :aria-labelledby="titleId" @cancel.prevent="$emit('dismiss')" @close="closed">
      <slot></slot>
    </dialog>
  `,
  mounted() {
    if (this.open) this.show();
  },
  watch: {
    open(open) {
      if (open) this.$nextTick(this.show);
      else this.$refs.dialog.close();
    },
  },
  methods: {
    show() {
      if (!this.$refs.dialog.open) this.$refs.dialog.showModal();
      this.takeFocus();
    },
    takeFocus() {
      document.getElementById(this.focusId)?.focus();
    },
    closed() {
      if (this.open) this.$emit("dismiss");
      // The opener may be gone by now; whoever owned it is asked to put the focus somewhere sensible.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.dispatchEvent(new CustomEvent("focus-lost"));
      });
    },
  },
  beforeUnmount() {
    if (this.$refs.dialog.open) this.$refs.dialog.close();
  },
};
