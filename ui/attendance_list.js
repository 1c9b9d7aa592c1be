/* Who came: one line a person with large buttons. Used by ui/attendance_list.py. */
const PRESS_AGAIN = 700; // a finger that bounces takes no mark back
const MANY = 12; // fewer are seen at a glance
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const WORDS = { present: "Present", partly: "Partly present", absent: "Absent", "": "No mark yet" };

export default {
  emits: ["mark", "correct"],
  props: { rows: Array, length: Number, closed: Boolean },
  template: `
    <div class="att-find" v-if="list.length > MANY">
      <label class="field-label" :for="'find-' + id">Find in the list</label>
      <input class="in" :id="'find-' + id" type="search" autocomplete="off" v-model="wanted"
             @focus="$event.target.select()">
      <p class="sr" role="status">{{ wanted ? shown.length + " of " + list.length : "" }}</p>
    </div>
    <p v-if="list.length && !shown.length" class="empty">Nobody in the list is called that.</p>
    <ul class="att" :class="{ 'att--closed': closed }" aria-label="Attendance">
      <li v-for="row in shown" :key="row.id" class="att-row" :class="{ 'att-row--open': !row.what && !closed }">
        <div class="att-who">
          <p class="att-name">{{ row.name }}</p>
          <p class="second">{{ [row.library, row.credits].filter(Boolean).join(" · ") }}</p>
          <p v-if="row.note" class="att-note">{{ row.note }}</p>
        </div>
        <p v-if="row.own" class="att-own">{{ words(row) }}. Your own: a colleague records it.</p>
        <div v-else-if="closed" class="att-deeds">
          <span class="att-said">{{ words(row) }}</span>
          <button type="button" class="btn btn--plain" :aria-label="'Correct: ' + row.name"
                  @click="$emit('correct', row.id)">Correct</button>
        </div>
        <div v-else class="att-deeds" role="group" :aria-label="row.name">
          <label class="tick att-presenter" :class="{ 'att-presenter--none': !came(row) }">
            <input type="checkbox" :checked="row.presenter" @change="mark(row, row.what, row.minutes, $event.target.checked)">
            <span>Presenter<span class="sr">: {{ row.name }}</span></span>
          </label>
          <button v-for="what in ['present', 'partly', 'absent']" :key="what" type="button" class="att-mark"
                  :class="'att-mark--' + what" :aria-pressed="pressed(row) === what ? 'true' : 'false'"
                  :aria-label="labels[what] + ': ' + row.name" @click="press(row, what)">{{ labels[what] }}</button>
          <label v-if="pressed(row) === 'partly'" class="att-minutes">
            <span>Minutes</span>
            <input :aria-label="'Minutes: ' + row.name" class="in" type="number" inputmode="numeric" min="0" :max="length" :value="row.minutes"
                   :ref="(input) => keep(row.id, input)" @change="told(row, $event.target)">
            <span>of {{ length }}</span>
          </label>
          <p v-if="wrong === row.id" class="error att-wrong" role="alert">Minutes are a whole number from 0 to {{ length }}.</p>
        </div>
      </li>
    </ul>
  `,
  data() {
    return {
      list: [...this.rows],
      choosing: null,
      wrong: null,
      wanted: "",
      labels: { present: "Present", partly: "Partly", absent: "Absent" },
      MANY,
    };
  },
  computed: {
    id() {
      return this.$.uid;
    },
    shown() {
      const words = plain(this.wanted).split(/[\s,]+/).filter(Boolean);
      return this.list.filter((row) => words.every((word) => plain(row.name + " " + row.library).includes(word)));
    },
  },
  watch: {
    rows(rows) {
      this.list = [...rows];
    },
  },
  methods: {
    keep(id, input) {
      if (input) this.inputs.set(id, input);
      else this.inputs.delete(id);
    },
    pressed(row) {
      return this.choosing === row.id ? "partly" : row.what;
    },
    came(row) {
      return row.what === "present" || row.what === "partly";
    },
    words(row) {
      if (row.what === "partly") return row.minutes + " of " + this.length + " minutes";
      return WORDS[row.what] + (row.presenter ? ", presenter" : "");
    },
    press(row, what) {
      if (row.what === what && performance.now() - (this.pressedAt.get(row.id) ?? -PRESS_AGAIN) < PRESS_AGAIN) return;
      this.pressedAt.set(row.id, performance.now());
      this.wrong = null;
      if (what === "partly") {
        this.choosing = row.id;
        this.$nextTick(() => this.inputs.get(row.id)?.focus());
        return;
      }
      this.choosing = null;
      this.mark(row, row.what === what ? "" : what, null, what === "present" && row.presenter);
    },
    told(row, input) {
      const minutes = Math.round(Number(input.value));
      this.wrong = null;
      if (input.value === "" || !(minutes >= 0 && minutes <= this.length) || minutes !== Number(input.value)) {
        input.value = row.minutes ?? "";
        this.wrong = row.id;
        return;
      }
      this.choosing = null;
      this.mark(row, "present", minutes, row.presenter);
    },
    mark(row, what, minutes, presenter) {
      this.$emit("mark", { id: row.id, what: what === "partly" ? "present" : what, minutes, presenter });
    },
    patch(row) {
      const place = this.list.findIndex((old) => old.id === row.id);
      if (place >= 0) this.list[place] = row;
    },
  },
  created() {
    this.inputs = new Map();
    this.pressedAt = new Map();
  },
};
