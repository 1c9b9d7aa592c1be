/* One file, sent to the server as soon as it is chosen, so that a mistake elsewhere never loses it. */
const LOST = "The file did not arrive. Check the connection, and choose it again.";

export default {
  inheritAttrs: false,
  emits: ["kept"],
  props: {
    uid: Number,
    name: String,
    label: String,
    hint: String,
    purpose: String,
    required: Boolean,
    errorMessage: String,
    sharedError: String,
    fileName: String,
    fileHref: String,
    value: String,
  },
  template: `
    <div class="field field--file" :class="{ 'field--wrong': problem }">
      <label class="field-label" :for="name">{{ label }}</label>
      <span v-if="required" class="star" aria-hidden="true">*</span>
      <p v-if="hint" class="hint" :id="name + '-hint'">{{ hint }}</p>
      <p v-if="problem" class="error" :id="name + '-err'" role="alert">{{ problem }}</p>
      <input class="in" type="file" :id="name" :name="name" accept="application/pdf,image/*" @change="send"
             :aria-required="required ? 'true' : undefined" :aria-invalid="problem ? 'true' : undefined"
             :aria-describedby="described">
      <p class="file-kept" role="status">
        <template v-if="sending">Sending the file…</template>
        <template v-else-if="fileName">Kept: <a class="file-link" :href="fileHref">{{ fileName }}</a></template>
      </p>
    </div>
  `,
  data() {
    return { sending: false, refused: "" };
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
    async send(event) {
      const [file] = event.target.files;
      if (!file) return;
      this.sending = true;
      this.refused = "";
      const form = new FormData();
      form.append("purpose", this.purpose);
      form.append("file", file);
      try {
        const answer = await fetch("/documents", { method: "POST", body: form, headers: { accept: "application/json" } });
        const told = await answer.json();
        if (told.id) this.$emit("kept", { id: told.id, name: told.name });
        else this.refused = Object.values(told.problems || {}).join(" ") || LOST;
      } catch {
        this.refused = LOST;
      }
      this.sending = false;
    },
  },
};
