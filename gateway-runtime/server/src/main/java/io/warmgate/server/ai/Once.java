package io.warmgate.server.ai;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Made when it is first asked for, and once. Confined to one thread at a time. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> making;
  private @Nullable T made;

  Once(Supplier<T> making) {
    this.making = making;
  }

  @Override
  public T get() {
    T there = made;
    if (there == null) {
      there = making.get();
      made = there;
    }
    return there;
  }
}
