package io.warmgate.operator.translate;

import io.warmgate.config.Price;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.crd.v1alpha1.ModelEntry;
import io.warmgate.crd.v1alpha1.ModelPrice;
import io.warmgate.operator.snapshot.KnownModel;
import io.warmgate.operator.snapshot.ModelCatalogue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What models cost: as it is written, else as it is known. */
final class Prices {
  /** A price of a million tokens is a millionth of that a token: six decimals more. */
  private static final int PICO_OF_A_MILLION = 6;

  private static final int PICO = 12;

  private Prices() {}

  /** Null: not known. */
  static @Nullable Price of(AiModelBackendSpec spec, ModelEntry entry, ModelCatalogue catalogue) {
    ModelPrice written = entry.price();
    return written != null
        ? of(written)
        : catalogue.find(spec, entry.name()).map(Prices::of).orElse(null);
  }

  private static Price of(ModelPrice written) {
    String cached = written.cachedInputPerMillion();
    return new Price(
        written.currency(),
        pico(written.inputPerMillion(), PICO_OF_A_MILLION),
        pico(cached == null ? written.inputPerMillion() : cached, PICO_OF_A_MILLION),
        pico(written.outputPerMillion(), PICO_OF_A_MILLION),
        pico(written.perRequest(), PICO),
        perSecond(written));
  }

  /** Of all GPUs that a request has; null: none. */
  private static @Nullable Long perSecond(ModelPrice written) {
    String one = written.perGpuSecond();
    if (one == null) {
      return null;
    }
    BigDecimal gpus = written.gpus() == null ? BigDecimal.ONE : new BigDecimal(written.gpus());
    long all = pico(new BigDecimal(one).multiply(gpus), PICO);
    return all == 0 ? null : all;
  }

  private static Price of(ModelCatalogue.Known known) {
    KnownModel model = known.model();
    BigDecimal cached = model.cachedInput();
    return new Price(
        known.currency(),
        pico(model.input(), PICO_OF_A_MILLION),
        pico(cached == null ? model.input() : cached, PICO_OF_A_MILLION),
        pico(model.output(), PICO_OF_A_MILLION),
        0);
  }

  private static long pico(@Nullable String decimal, int places) {
    return decimal == null ? 0 : pico(new BigDecimal(decimal), places);
  }

  private static long pico(BigDecimal decimal, int places) {
    return decimal.movePointRight(places).longValueExact();
  }
}
