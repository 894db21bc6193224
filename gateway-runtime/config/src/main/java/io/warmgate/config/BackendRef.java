package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A share of a rule's requests.
 *
 * @param backend id of a {@link Backend}
 * @param weight its share of the sum of weights; 0 takes none
 * @param generation which release its answers belong to: part of every cache key; equal for refs
 *     that are one release. Computed by the operator from what shapes an answer, weights excluded
 * @param model id of the {@link Model} that it asks; null, and then not written: it is no model
 * @param priority of models with a name in common the lowest is asked first; null, and then not
 *     written: 0
 */
public record BackendRef(
    String backend,
    int weight,
    String generation,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String model,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer priority) {
  public BackendRef {
    Check.text("backend", backend);
    Check.range("weight", weight, 0, 1_000_000);
    Check.text("generation", generation);
    Check.range("priority", priority == null ? 0 : priority, 0, 9);
  }

  /** The same with another share. */
  public BackendRef withWeight(int other) {
    return new BackendRef(backend, other, generation, model, priority);
  }

  /** Of a model that is asked first. */
  public BackendRef(String backend, int weight, String generation, @Nullable String model) {
    this(backend, weight, generation, model, null);
  }

  /** Of what is no model. */
  public BackendRef(String backend, int weight, String generation) {
    this(backend, weight, generation, null, null);
  }
}
