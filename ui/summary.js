/* The list of problems over a form. Used by ui/form.py. */
export default {
  props: { title: String, items: Array },
  template: `
    <div class="summary" :class="{ 'summary--empty': !items.length }" role="alert" tabindex="-1">
      <template v-if="items.length">
        <h2>{{ title }}</h2>
        <ul>
          <li v-for="item in items" :key="item.text">
            <a v-if="item.target" :href="'#' + item.target" @click.prevent.stop="go(item.target)">{{ item.text }}</a>
            <template v-else>{{ item.text }}</template>
          </li>
        </ul>
      </template>
    </div>
  `,
  methods: {
    takeFocus() {
      this.$el.focus();
      this.$el.scrollIntoView({ block: "nearest" });
    },
    go(target) {
      const control = document.getElementById(target);
      if (!control) return;
      control.focus({ preventScroll: true });
      (control.closest(".field") || control).scrollIntoView({ block: "center" });
    },
  },
};
