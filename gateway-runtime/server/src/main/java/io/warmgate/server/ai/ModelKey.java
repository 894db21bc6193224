package io.warmgate.server.ai;

import io.warmgate.config.Model;
import io.warmgate.config.ValueRef;
import io.warmgate.server.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked with.
 *
 * @param id by which this pod remembers that it rests
 * @param name {@code secret/key}, for those who look after it; null: there is no other
 * @param credential null: it is asked without one
 * @param weight its share of the calls
 */
record ModelKey(
    String id, @Nullable String name, ServedModel.@Nullable Credential credential, int weight) {

  /**
   * Those of a model.
   *
   * @return never empty
   * @throws io.warmgate.config.ConfigException where one is missing
   */
  static List<ModelKey> of(Model model, Values values) {
    List<Model.Key> keys = model.everyKey();
    return keys.isEmpty()
        ? List.of(new ModelKey(model.id(), null, null, 1))
        : keys.stream().map(key -> of(model, key, values)).toList();
  }

  private static ModelKey of(Model model, Model.Key key, Values values) {
    ValueRef value = key.value();
    return new ModelKey(
        model.id() + " " + value.fingerprint(),
        model.keys().isEmpty() ? null : value.name().substring(value.name().indexOf('/') + 1),
        ServedModel.Credential.of(
            model, new String(values.value(value), StandardCharsets.UTF_8).strip()),
        key.weight());
  }
}
