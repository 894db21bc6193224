package io.warmgate.server.ai;

import io.warmgate.config.Model;
import io.warmgate.config.ValueRef;
import io.warmgate.server.Values;
import io.warmgate.server.credential.Evidence;
import io.warmgate.server.credential.Proofs;
import io.warmgate.server.exchange.OriginResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked with.
 *
 * @param id by which this pod remembers that it rests
 * @param name {@code secret/key}, for those who look after it; null: there is no other
 * @param credential null: it is asked without one
 * @param weight its share of the calls
 * @param proof told what questions say of the credential
 */
record ModelKey(
    String id,
    @Nullable String name,
    ServedModel.@Nullable Credential credential,
    int weight,
    Proofs.Proof proof) {

  /**
   * Those of a model.
   *
   * @param proofs by the credential; null: of a model that is asked without one
   * @return never empty
   * @throws io.warmgate.config.ConfigException where one is missing
   */
  static List<ModelKey> of(
      Model model, Values values, Function<@Nullable ValueRef, Proofs.Proof> proofs) {
    List<Model.Key> keys = model.everyKey();
    return keys.isEmpty()
        ? List.of(new ModelKey(model.id(), null, null, 1, proofs.apply(null)))
        : keys.stream().map(key -> of(model, key, values, proofs)).toList();
  }

  private static ModelKey of(
      Model model,
      Model.Key key,
      Values values,
      Function<@Nullable ValueRef, Proofs.Proof> proofs) {
    ValueRef value = key.value();
    return new ModelKey(
        model.id() + " " + value.fingerprint(),
        model.keys().isEmpty() ? null : value.name().substring(value.name().indexOf('/') + 1),
        ServedModel.Credential.of(
            model, new String(values.value(value), StandardCharsets.UTF_8).strip()),
        key.weight(),
        proofs.apply(value));
  }

  /** A question to the model that was asked with it came to this. */
  void came(Model model, OriginResponse answer) {
    if (!(answer instanceof ErrorResponse error)) {
      proof.answered();
      return;
    }
    if (Failover.isOfName(model, error.error().kind())) {
      return;
    }
    Evidence said = FreeCheck.ofQuestion(error.error(), credential);
    if (said != null) {
      proof.refused(said);
    }
  }
}
