package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Price;
import org.jspecify.annotations.Nullable;

/**
 * What was counted of one model at one price, for all routes and consumers.
 *
 * @param model {@code namespace/name} of its AiModelBackend
 * @param price null: not known
 * @param spent by calls to it
 * @param saved by answers that were kept, or on their way to another
 */
public record ModelTraffic(
    String model,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Price price,
    TokenCounts spent,
    TokenCounts saved) {

  public ModelTraffic {
    if (model == null || spent == null || saved == null) {
      throw new ConfigException("", "lacks counts of a model");
    }
  }

  /** The model at the price: what is counted together. */
  public record Account(String model, @Nullable Price price) {}

  public Account account() {
    return new Account(model, price);
  }

  /** Both together, of the same account. */
  public ModelTraffic plus(ModelTraffic other) {
    return new ModelTraffic(model, price, spent.plus(other.spent), saved.plus(other.saved));
  }

  /** What was counted since {@code before}, of the same pod and account. */
  public ModelTraffic minus(ModelTraffic before) {
    return new ModelTraffic(model, price, spent.minus(before.spent), saved.minus(before.saved));
  }
}
