/* One file of text, read here and handed over as text. Used by ui/text_file.py. */
export default {
  inheritAttrs: false,
  emits: ["read"],
  props: {
    uid: Number,
    name: String,
    label: String,
    hint: String,
    kind: String,
    required: Boolean,
    errorMessage: String,
    sharedError: String,
    accept: String,
    most: Number,
  },
  template: `
    <div class="field field--file" :class="{ 'field--wrong': problem }">
      <label class="field-label" :for="name">{{ label }}</label>
      <span v-if="required" class="star" aria-hidden="true">*</span>
      <p v-if="hint" class="hint" :id="name + '-hint'">{{ hint }}</p>
      <p v-if="problem" class="error" :id="name + '-err'" role="alert">{{ problem }}</p>
      <input class="in" type="file" :id="name" :name="name" :accept="accept" @change="read"
             :aria-required="required ? 'true' : undefined" :aria-invalid="problem ? 'true' : undefined"
             :aria-describedby="described">
    </div>
  `,
  data() {
    return { refused: "" };
  },
  computed: {
    problem() {
      return this.refused || this.errorMessage;
    },
    described() {
      return [this.hint && this.name + "-hint", this.problem && this.name + "-err"].filter(Boolean).join(" ") || undefined;
    },
  },
  methods: {
    async read(event) {
      const [file] = event.target.files;
      if (!file) return;
      this.refused = "";
      if (file.size > 4 * this.most) {
        this.refused = "This file is too large.";
        return;
      }
      try {
        const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
        this.$emit("read", { name: file.name, text });
      } catch {
        this.refused = "This file is not UTF-8. Save it as “CSV UTF-8”, and choose it again.";
      }
    },
  },
};
