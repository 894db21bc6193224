package io.warmgate.server.cache.store;

/** In which order slots leave a full {@link OrderedShelf}. Called under the shelf's lock. */
sealed interface Order permits ArrivalOrder, FrequencyOrder, RandomOrder, DeadlineOrder {

  /** Whether {@link #used} does something: else nobody tells. */
  boolean heedsUses();

  void added(Node node);

  /** One that is in the order was looked up. */
  void used(Node node);

  /** For whatever cause. */
  void removed(Node node);

  /** The one to leave now, of at least one; who asks removes it. */
  Node victim();
}
