package io.sluice.local.demo;

/** All that the demo systems know, as one immutable value that is saved as one file. */
record State(WarehouseState warehouse, ShopState shop) {

    State with(WarehouseState changed) {
        return new State(changed, shop);
    }

    State with(ShopState changed) {
        return new State(warehouse, changed);
    }

    /** As read after a restart: what was under way then is no more, and must not look as if it were. */
    State restarted() {
        return new State(warehouse.restarted(), shop);
    }
}
