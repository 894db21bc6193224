package io.warmgate.server.credential;

import io.vertx.core.Future;
import io.warmgate.config.ValueRef;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A credential at a provider, and how it is checked without a question to a model.
 *
 * @param account place, dialect and fingerprint: what is checked together
 * @param credential null: it is asked without one
 * @param models that are asked with it, {@code namespace/name}
 * @param ask never fails; completes on any thread
 */
public record Check(
    String account,
    @Nullable ValueRef credential,
    List<String> models,
    Supplier<Future<Evidence>> ask) {
  public Check {
    models = List.copyOf(models);
  }

  /** The same for more models. */
  public Check with(List<String> more) {
    return new Check(account, credential, more, ask);
  }
}
