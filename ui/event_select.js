/* Quasar's select with search on the server and two lines per option. Used by ui/event_select.py. */
const SHOWN_AT_MOST = 50;

export default {
  emits: ["choose"],
  props: { label: String, source: String, options: Array, value: String, controlId: String },
  template: `
    <div class="field event-select">
      <label class="field-label" :for="controlId">{{ label }}</label>
      <q-select
        outlined use-input hide-selected fill-input hide-dropdown-icon hide-bottom-space
        behavior="menu" input-debounce="250" option-value="value" option-label="title"
        popup-content-class="event-menu" :virtual-scroll-item-size="52" transition-duration="0"
        class="in" :for="controlId" :aria-label="label" :aria-describedby="detailId" autocomplete="off"
        :options="found" :model-value="chosen"
        @filter="find" @update:model-value="choose" @popup-show="tidy" @virtual-scroll="tidy"
      >
        <template #append>
          <svg class="select-mark" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 6l5 5 5-5" /></svg>
        </template>
        <template #loading></template>
        <template #option="scope">
          <q-item v-bind="scope.itemProps" class="event-option">
            <span class="event-title">{{ scope.opt.title }}</span>
            <span class="event-detail">{{ scope.opt.detail }}</span>
          </q-item>
        </template>
        <template #no-option="scope">
          <div class="event-none" role="option" aria-selected="false" aria-disabled="true">{{ none(scope.inputValue) }}</div>
        </template>
      </q-select>
      <p class="hint event-chosen" :id="detailId">{{ chosen ? chosen.detail : "" }}</p>
      <p class="sr" role="status">{{ told }}</p>
    </div>
  `,
  data() {
    return { found: this.options, chosen: this.named(this.value), failed: false, told: "" };
  },
  computed: {
    detailId() {
      return this.controlId + "-detail";
    },
  },
  watch: {
    options(options) {
      this.found = options;
      this.chosen = this.named(this.value);
    },
    value(value) {
      if (value !== (this.chosen?.value ?? null)) this.chosen = this.named(value);
    },
  },
  methods: {
    named(value) {
      return this.options.find((option) => option.value === value) || null;
    },
    none(text) {
      if (this.failed) return "The list could not be loaded. Try again.";
      return text ? "No event has “" + text + "” in its title. Try another word." : "There is no event to choose.";
    },
    async find(text, update, abort) {
      this.request?.abort();
      const wanted = text.trim();
      if (!wanted) return this.fill(update, this.options, false, "");
      const request = (this.request = new AbortController());
      try {
        const url = this.source + (this.source.includes("?") ? "&" : "?") + "q=" + encodeURIComponent(wanted);
        const answer = await fetch(url, { credentials: "same-origin", signal: request.signal });
        if (!answer.ok) throw new Error(answer.status);
        const options = (await answer.json()).slice(0, SHOWN_AT_MOST);
        this.fill(update, options, false, options.length === 1 ? "1 event found" : options.length + " events found");
      } catch (error) {
        if (request.signal.aborted) abort();
        else this.fill(update, [], true, this.none(wanted));
      }
    },
    fill(update, options, failed, told) {
      update(
        () => Object.assign(this, { found: options, failed, told }),
        (select) => {
          select.setOptionIndex(-1);
          this.tidy();
        },
      );
    },
    choose(option) {
      if (!option) return;
      this.chosen = option;
      this.$emit("choose", option.value);
    },
    tidy() {
      this.$nextTick(() => {
        const list = document.getElementById(this.controlId + "_lb");
        // Quasar's scroll box inside the listbox takes a tabindex, which a listbox may not hold.
        list?.querySelectorAll(".q-virtual-scroll__content").forEach((box) => box.removeAttribute("tabindex"));
        // Its menu hangs at the body, outside every landmark.
        const portal = list?.closest("[id^=q-portal]");
        portal?.setAttribute("role", "region");
        portal?.setAttribute("aria-label", this.label + " options");
      });
    },
  },
};
