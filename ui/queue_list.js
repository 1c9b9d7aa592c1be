/* The live review queue: one table, its rows patched one by one. Used by ui/queue_list.py. */
const PRESS_AGAIN = 700;

const ICONS = {
  Event: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3.5M10.5 2v3.5",
  Credit: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 5v6M5 8h6",
  PENDING: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.5V8l2.5 1.5",
  APPROVED: "M3 8.5l3.5 3.5L13 4.5",
  DECLINED: "M4 4l8 8M12 4l-8 8",
  WITHDRAWN: "M13 8H4M7.5 4L3.5 8l4 4",
  twin: "M2.5 5.5h8v8h-8zM5.5 5.5v-3h8v8h-3",
};

const Icon = {
  props: { name: String },
  computed: {
    path: (self) => ICONS[self.name],
  },
  template: `<svg class="queue-icon" viewBox="0 0 16 16" aria-hidden="true"><path :d="path" /></svg>`,
};

function selectable(row) {
  return row.status === "PENDING" && !row.own;
}

function typing(target) {
  return !!target.closest?.("input:not([type=checkbox]), textarea, select, dialog, [contenteditable], [role=combobox]");
}

export default {
  components: { Icon },
  emits: ["approve", "decline", "reopen", "open", "selection"],
  props: { rows: Array },
  template: `
    <div class="queue"><template v-if="list.length">
      <p class="queue-keys" aria-hidden="true">
        <span><kbd>J</kbd><kbd>K</kbd> next, previous</span><span><kbd>X</kbd> select</span>
        <span><kbd>A</kbd> approve</span><span><kbd>D</kbd> decline</span><span><kbd>Enter</kbd> open</span>
        <span><kbd>U</kbd> undo</span><span><kbd>/</kbd> find</span>
      </p>
      <table class="queue-table" role="table" aria-label="Entries">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="q-check">
              <label class="tick">
                <input type="checkbox" aria-label="Select all on this page" :disabled="!choosable.length"
                       :checked="allPicked" :indeterminate="somePicked" @change="pickAll($event.target.checked)">
                <span class="tick-text" aria-hidden="true">Select all on this page</span>
              </label>
            </th>
            <th role="columnheader" scope="col">Entry</th>
            <th role="columnheader" scope="col" class="q-wide">Person</th>
            <th role="columnheader" scope="col" class="q-wide q-number">Credits</th>
            <th role="columnheader" scope="col" class="q-wide">Waiting</th>
            <th role="columnheader" scope="col" class="q-deeds"><span class="sr">Decision</span></th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          <tr v-for="row in list" :key="row.id" :ref="(tr) => keep(row.id, tr)" role="row" :data-id="row.id"
              :aria-current="row.id === current ? 'true' : undefined"
              :class="{ current: row.id === current, decided: row.status !== 'PENDING', duplicate: row.duplicate }"
              @focusin="enter(row)">
            <td role="cell" class="q-check">
              <label v-if="selectable(row)" class="tick">
                <input type="checkbox" :aria-label="'Select: ' + named(row)" :checked="picked.has(row.id)"
                       @change="pick(row, $event.target.checked)">
              </label>
            </td>
            <td role="cell" class="q-entry">
              <span class="q-kind"><Icon :name="row.kind" />{{ row.kind }}
                <span class="chip" :class="'chip--' + row.status.toLowerCase()"><Icon :name="row.status" />{{ row.status }}</span>
              </span>
              <a v-if="row.detail_href" class="q-title" :href="row.detail_href">{{ row.title }}</a>
              <button v-else type="button" class="q-title" @click="$emit('open', row.id)">{{ row.title }}</button>
              <span class="q-second">{{ second(row) }}</span>
              <span v-if="row.duplicate" class="q-twin"><Icon name="twin" />{{ row.duplicate }}</span>
            </td>
            <td role="cell" class="q-person">
              <a v-if="row.href" :href="row.href">{{ row.person }}</a><span v-else>{{ row.person }}</span>
              <span class="q-second">{{ row.library }}</span>
              <span v-if="row.record" class="q-second">{{ row.record }}</span>
            </td>
            <td role="cell" class="q-number q-credits">{{ row.credits
              }}<span class="q-unit">{{ row.credits === "1" ? " credit" : " credits" }}</span></td>
            <td role="cell" class="q-waiting"><template v-if="row.status === 'PENDING'"><span class="q-unit">waiting </span>{{ row.waiting }}</template></td>
            <td role="cell" class="q-deeds">
              <template v-if="selectable(row)">
                <button type="button" class="btn btn--plain btn--small q-approve" :aria-label="'Approve: ' + named(row)"
                        @click="act('approve', row)">Approve</button>
                <button type="button" class="q-decline" :aria-label="'Decline: ' + named(row)"
                        @click="act('decline', row)">Decline</button>
              </template>
              <span v-else-if="row.status === 'PENDING'" class="q-own">Your own entry. A colleague decides.</span>
              <template v-else>
                <span class="q-decided"><Icon :name="row.status" />{{ row.decided || "Decided" }}</span>
                <button v-if="row.can_reopen" type="button" class="q-reopen" :aria-label="'Reopen: ' + named(row)"
                        @click="act('reopen', row)">Reopen</button>
              </template>
            </td>
          </tr>
        </tbody>
      </table>
    </template></div>
  `,
  data() {
    return { list: [...this.rows], picked: new Set(), current: null };
  },
  computed: {
    choosable() {
      return this.list.filter(selectable);
    },
    allPicked() {
      return this.choosable.length > 0 && this.choosable.every((row) => this.picked.has(row.id));
    },
    somePicked() {
      return this.picked.size > 0 && !this.allPicked;
    },
  },
  watch: {
    rows(rows) {
      const place = this.list.findIndex((row) => row.id === this.current);
      const inside = this.$el.contains(document.activeElement);
      this.list = [...rows];
      this.prune();
      if (!this.list.some((row) => row.id === this.current)) {
        this.current = null;
        this.lost = this.list[Math.min(Math.max(place, 0), this.list.length - 1)]?.id ?? null;
      }
      if (inside) this.$nextTick(this.recover);
    },
  },
  methods: {
    selectable,
    named(row) {
      return row.title + ", " + row.person;
    },
    second(row) {
      return [row.category, row.when].filter(Boolean).join(" · ");
    },
    keep(id, tr) {
      if (tr) this.lines.set(id, tr);
      else this.lines.delete(id);
    },
    patch(row) {
      const place = this.list.findIndex((old) => old.id === row.id);
      if (place < 0) return;
      const inside = this.lines.get(row.id)?.contains(document.activeElement);
      this.list[place] = row;
      this.prune();
      if (inside) this.$nextTick(this.recover);
    },
    insert(row) {
      if (!this.list.some((old) => old.id === row.id)) this.list.unshift(row);
    },
    recover() {
      // What had the focus may be gone; the title of its row is always there.
      if (document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
      this.lines.get(this.lost)?.querySelector(".q-title")?.focus();
    },
    enter(row) {
      this.current = row.id;
      this.lost = row.id;
    },
    act(deed, row) {
      const press = deed + row.id;
      const now = Date.now();
      if (this.pressed?.what === press && now - this.pressed.when < PRESS_AGAIN) return;
      this.pressed = { what: press, when: now };
      this.enter(row);
      this.$emit(deed, row.id);
    },
    pick(row, on) {
      if (on) this.picked.add(row.id);
      else this.picked.delete(row.id);
      this.tell();
    },
    pickAll(on) {
      this.picked = new Set(on ? this.choosable.map((row) => row.id) : []);
      this.tell();
    },
    clearSelection() {
      this.picked = new Set();
      this.tell();
    },
    prune() {
      const stay = new Set(this.choosable.map((row) => row.id));
      const gone = [...this.picked].filter((id) => !stay.has(id));
      gone.forEach((id) => this.picked.delete(id));
      if (gone.length) this.tell();
    },
    tell() {
      this.$emit("selection", [...this.picked]);
    },
    step(by) {
      if (!this.list.length) return;
      const place = this.list.findIndex((row) => row.id === this.current);
      const next = place < 0 ? (by > 0 ? 0 : this.list.length - 1) : place + by;
      const line = this.lines.get(this.list[next]?.id);
      if (!line) return;
      line.querySelector("input, .q-title").focus({ preventScroll: true });
      line.scrollIntoView({ block: "nearest" });
    },
    onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (typing(event.target) || document.querySelector("dialog[open], .q-dialog, .q-menu")) return;
      const row = this.list.find((one) => one.id === this.current);
      const deeds = {
        j: () => this.step(1),
        k: () => this.step(-1),
        "/": () => document.getElementById("find")?.focus(),
        x: () => row && selectable(row) && this.pick(row, !this.picked.has(row.id)),
        a: () => row && selectable(row) && this.act("approve", row),
        d: () => row && selectable(row) && this.act("decline", row),
        enter: () => this.open(row),
      };
      const key = event.key.toLowerCase();
      const repeats = key === "j" || key === "k";
      if (!deeds[key] || (event.repeat && !repeats)) return;
      if (key === "enter" && !event.target.matches(".queue input")) return;
      event.preventDefault();
      deeds[key]();
    },
    open(row) {
      if (row) this.lines.get(row.id)?.querySelector(".q-title").click();
    },
  },
  created() {
    this.lines = new Map();
    this.lost = null;
  },
  mounted() {
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("focus-lost", this.recover);
  },
  beforeUnmount() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("focus-lost", this.recover);
  },
};
