/* Times of events in the reader's own zone, where that differs from the event's. Used by ui/my_time.py. */
export default {
  template: "<span hidden></span>",
  mounted() {
    this.tellAll();
    // The page's markup may come to stand there a moment later.
    this.watcher = new MutationObserver(() => this.tellAll());
    this.watcher.observe(document.body, { childList: true, subtree: true });
  },
  unmounted() {
    this.watcher.disconnect();
  },
  methods: {
    tellAll() {
      for (const time of document.querySelectorAll("time[data-zone]:not([data-mine])")) this.tell(time);
    },
    tell(time) {
      const moment = new Date(time.dateTime);
      const mine = this.words(moment), theirs = this.words(moment, time.dataset.zone);
      time.dataset.mine = "";
      if (mine === theirs) return;
      const told = document.createElement("span");
      told.className = "my-time";
      const [day, clock] = this.parts(moment), sameDay = day === this.parts(moment, time.dataset.zone)[0];
      const [lastDay, end] = this.parts(new Date(time.dataset.ends));
      told.textContent = ` (${sameDay ? clock : mine}${lastDay === day ? " to " + end : ""} in your time)`;
      time.after(told);
    },
    words(moment, timeZone) {
      return this.parts(moment, timeZone).join(", ");
    },
    parts(moment, timeZone) {
      const day = { weekday: "short", month: "short", day: "numeric", timeZone };
      const clock = { hour: "numeric", minute: "2-digit", timeZone };
      return [day, clock].map((shape) => new Intl.DateTimeFormat("en-US", shape).format(moment));
    },
  },
};
