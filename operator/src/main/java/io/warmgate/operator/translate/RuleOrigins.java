package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.crd.v1alpha1.RouteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who answers the requests of one rule. A backend that cannot be resolved is left out; where it was
 * the last, the rule goes on with the backends that it has in the current revision, as far as those
 * are still there and not asked in plain what is now to be asked over TLS, and else answers 500
 * (Gateway API, HTTPRouteRule {@code backendRefs}). A model is no substitute for another: each that
 * cannot be used as it is written goes on by itself.
 */
final class RuleOrigins {
  private final Origins origins;
  private final Running running;
  private final List<Backend> found = new ArrayList<>();
  private final List<BackendRef> refs = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private boolean asWritten = true;

  RuleOrigins(Origins origins, Running running) {
    this.origins = origins;
    this.running = running;
  }

  /**
   * Resolves what the rule at {@code path} names.
   *
   * @param ran the rule as it runs
   * @param findings gets what is not there
   * @throws Unusable naming the first field that is invalid
   */
  void resolve(
      String path,
      RouteRule spec,
      Generations generations,
      Optional<Rule> ran,
      Consumer<Unusable> findings) {
    for (int i = 0; i < spec.backendRefs().size(); i++) {
      io.warmgate.crd.v1alpha1.BackendRef ref = spec.backendRefs().get(i);
      try {
        add(path + ".backendRefs[" + i + "]", ref, generations);
      } catch (Unusable e) {
        if (e.isInvalid()) {
          throw e;
        }
        findings.accept(e);
        missing.add(e.text());
        if (ref.asksModel()) {
          ran.map(rule -> origins.models().running(rule, named(ref))).orElse(List.of()).stream()
              .map(share -> share.withWeight(ref.weight()))
              .filter(share -> !refs.contains(share))
              .forEach(this::goesOn);
        }
      }
    }
    if (refs.isEmpty() && !missing.isEmpty()) {
      ran.ifPresent(rule -> keepRunning(rule, spec));
    }
  }

  private void add(String path, io.warmgate.crd.v1alpha1.BackendRef ref, Generations generations) {
    if (ref.asksModel()) {
      for (CompiledModel model : origins.models().named(path, named(ref))) {
        found.add(model.backend());
        refs.add(origins.models().asked(ref, model, generations));
      }
    } else {
      Backend backend = origins.backends().compile(path, ref);
      found.add(backend);
      refs.add(new BackendRef(backend.id(), ref.weight(), generations.of(ref)));
    }
  }

  private static String named(io.warmgate.crd.v1alpha1.BackendRef model) {
    return Objects.requireNonNull(model.name(), "the schema wants it");
  }

  private void keepRunning(Rule ran, RouteRule spec) {
    for (BackendRef ref : ran.backends()) {
      if (ref.model() != null) {
        origins.models().running(ref).ifPresent(this::goesOn);
      } else if (running
          .backend(ref.backend())
          .filter(origins.backends()::stillThere)
          .filter(
              backend ->
                  spec.backendRefs().stream()
                      .noneMatch(asked -> origins.backends().inPlain(backend, asked)))
          .isPresent()) {
        goesOn(ref);
      }
    }
  }

  private void goesOn(BackendRef ref) {
    found.add(running.backend(ref.backend()).orElseThrow());
    refs.add(ref);
    asWritten = false;
  }

  /** Those that {@link #refs} name. */
  List<Backend> found() {
    return found;
  }

  List<BackendRef> refs() {
    return refs;
  }

  /** False where the rule goes on with something that is not as it is written. */
  boolean asWritten() {
    return asWritten;
  }

  /** Why the rule's requests get a 500; null where they do not. */
  @Nullable String unavailable() {
    if (refs.isEmpty()) {
      return missing.isEmpty() ? null : String.join("; ", missing);
    }
    return refs.stream().allMatch(ref -> ref.weight() == 0) ? "every weight is 0" : null;
  }
}
