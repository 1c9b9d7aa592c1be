/* One labelled native control: label, hint, problem, control. Used by ui/fields.py. */
const INPUT_TYPES = { date: "date", time: "time", url: "url", email: "email" };

export default {
  inheritAttrs: false,
  emits: ["update:value", "blur", "enter"],
  props: {
    uid: Number,
    id: String,
    name: String,
    label: String,
    value: [String, Boolean],
    kind: String,
    hint: String,
    errorMessage: String,
    sharedError: String,
    required: Boolean,
    disable: Boolean,
    attrs: Object,
    options: Array,
    placeholder: String,
    suffix: String,
  },
  template: `
    <div class="field" :class="[$attrs.class, 'field--' + kind, { 'field--wrong': errorMessage }]">
      <template v-if="kind === 'check'">
        <label class="check" :for="name">
          <input type="checkbox" v-bind="common" :checked="current" @change="take($event.target.checked)">
          <span>{{ label }}</span>
        </label>
        <p v-if="hint" class="hint" :id="hintId">{{ hint }}</p>
        <p v-if="errorMessage" class="error" :id="errorId">{{ errorMessage }}</p>
      </template>
      <template v-else>
        <label class="field-label" :for="name">{{ label }}</label>
        <span v-if="required" class="star" aria-hidden="true">*</span>
        <p v-if="hint" class="hint" :id="hintId">{{ hint }}</p>
        <p v-if="errorMessage" class="error" :id="errorId">{{ errorMessage }}</p>
        <textarea v-if="kind === 'area'" class="in" rows="4" v-bind="common" :value="current"
                  @input="take($event.target.value)"></textarea>
        <span v-else-if="kind === 'choice'" class="select">
          <select class="in" v-bind="common" :value="current" @change="take($event.target.value)">
            <option v-if="placeholder" value="">{{ placeholder }}</option>
            <option v-for="[key, text] in options" :key="key" :value="key">{{ text }}</option>
          </select>
          <svg class="select-mark" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 6l5 5 5-5" /></svg>
        </span>
        <span v-else class="control" :class="{ 'control--suffix': suffix }">
          <input class="in" :type="inputType" v-bind="common" :value="current" @input="take($event.target.value)">
          <span v-if="suffix" class="suffix" aria-hidden="true">{{ suffix }}</span>
        </span>
      </template>
    </div>
  `,
  data() {
    return { current: this.value };
  },
  computed: {
    hintId() {
      return this.name + "-hint";
    },
    errorId() {
      return this.name + "-err";
    },
    inputType() {
      return INPUT_TYPES[this.kind] || "text";
    },
    common() {
      const told = [this.sharedError, this.hint && this.hintId, this.errorMessage && this.errorId].filter(Boolean);
      const listeners = Object.entries(this.$attrs).filter(([key]) => key.startsWith("on"));
      return {
        ...Object.fromEntries(listeners),
        ...this.attrs,
        id: this.name,
        name: this.name,
        required: this.required,
        disabled: this.disable,
        placeholder: this.kind === "choice" ? undefined : this.placeholder,
        "aria-required": this.required ? "true" : undefined,
        "aria-invalid": this.errorMessage || this.sharedError ? "true" : undefined,
        "aria-describedby": told.join(" ") || undefined,
        onBlur: () => this.$emit("blur"),
        onKeydown: (event) => event.key === "Enter" && this.kind !== "area" && this.$emit("enter"),
      };
    },
  },
  watch: {
    value(value) {
      this.current = value;
    },
  },
  methods: {
    take(value) {
      this.current = value;
      this.$emit("update:value", value);
    },
    updateValue() {
      this.current = this.value;
    },
  },
  beforeUnmount() {
    const element = mounted_app.elements[this.uid];
    if (element) element.props.value = this.current;
  },
};
