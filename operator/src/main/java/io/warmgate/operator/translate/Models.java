package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Model;
import io.warmgate.config.Prompt;
import io.warmgate.config.Rule;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.operator.snapshot.AttachedModel;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models of a translation: as they are written, and as they run where a rule, or a side of a
 * route, goes on with what ran. What shapes no answer (names, key, tools) is as it is written on
 * both sides. One that runs otherwise than it is written has an id with a suffix, so that both can
 * be asked while a release goes in.
 */
final class Models {
  private final String namespace;
  private final FoundVersions versions;
  private final Running running;
  private final Values values;

  /** Those that routes name and that are not there. */
  private final Set<String> gone = new HashSet<>();

  private final Map<String, AiModelBackend> objects = new HashMap<>();

  /** By object, all of its models in their order. */
  private final Map<String, List<CompiledModel>> written = new HashMap<>();

  private final Map<String, Unusable> unusable = new HashMap<>();
  private final Map<String, Model> served = new HashMap<>();
  private final Set<BackendRef> asWritten = new HashSet<>();

  private Models(Snapshot snapshot, Running running, Values values) {
    this.namespace = snapshot.namespace();
    this.versions = new FoundVersions(snapshot, running);
    this.running = running;
    this.values = values;
  }

  static Models compile(
      Snapshot snapshot,
      ModelCompiler compiler,
      Running running,
      Values values,
      Findings findings) {
    Models models = new Models(snapshot, running, values);
    for (ApiRoute route : snapshot.attachments().routes()) {
      AttachedModel.named(route).forEach(name -> models.gone.add(models.id(name)));
    }
    for (AttachedModel attached : snapshot.attachments().models()) {
      AiModelBackend object = attached.model();
      ObjectKey key = ObjectKey.of(object);
      models.gone.remove(key.id());
      models.objects.put(key.id(), object);
      try {
        List<CompiledModel> compiled =
            compiler.compile(object, findings).stream()
                .map(model -> models.versions.in(object, model))
                .toList();
        models.written.put(key.id(), compiled);
        compiled.forEach(model -> models.served.put(model.model().id(), model.model()));
      } catch (Unusable e) {
        models.unusable.put(key.id(), e);
        findings.add(e.in(key));
      }
    }
    return models;
  }

  private String id(String name) {
    return namespace + "/" + name;
  }

  /**
   * The models of the object that a reference at {@code path} names; never empty.
   *
   * @throws Unusable where it is not there, or cannot be used as it is written
   */
  List<CompiledModel> named(String path, String name) {
    List<CompiledModel> models = written.get(id(name));
    if (models != null) {
      return models;
    }
    Unusable why = unusable.get(id(name));
    throw why != null
        ? why.through(path + ".name", "AiModelBackend '%s'".formatted(name))
        : Unusable.unresolved(
            ConditionReason.BACKEND_NOT_FOUND,
            path + ".name",
            "AiModelBackend '%s' does not exist in namespace '%s'".formatted(name, namespace));
  }

  /** What clients call the model, or the first of the models, that a reference names. */
  String firstName(String name) {
    AiModelBackend object = objects.get(id(name));
    return object != null && object.getSpec().hasList()
        ? object.getSpec().models().getFirst().name()
        : name;
  }

  /** The object's models as they are written; empty where it cannot be used. */
  List<Model> written(ObjectKey object) {
    return written.getOrDefault(object.id(), List.of()).stream().map(CompiledModel::model).toList();
  }

  /** The shares of a running rule that ask models of the object, where that is still there. */
  List<BackendRef> running(Rule rule, String name) {
    return rule.backends().stream()
        .filter(ref -> ref.model() != null && Model.object(ref.model()).equals(id(name)))
        .flatMap(ref -> running(ref).stream())
        .toList();
  }

  /** A running share that asks a model, where the model is still there. */
  Optional<BackendRef> running(BackendRef ref) {
    String id = Model.object(Objects.requireNonNull(ref.model()));
    AiModelBackend object = objects.get(id);
    boolean inPlain =
        object != null
            && running
                .backend(ref.backend())
                .filter(any -> ModelCompiler.inPlain(any, object.getSpec()))
                .isPresent();
    return gone.contains(id) || inPlain ? Optional.empty() : still(ref);
  }

  /** The rule as it ran, with the same models; empty where the key of one of them is gone. */
  Optional<Rule> still(Rule ran) {
    if (!ran.asksModels()) {
      return Optional.of(ran);
    }
    List<BackendRef> refs = new ArrayList<>();
    for (BackendRef ref : ran.backends()) {
      Optional<BackendRef> still = still(ref);
      if (still.isEmpty()) {
        return Optional.empty();
      }
      refs.add(still.get());
    }
    Rule still = ran.withBackends(refs);
    Prompt prompt = ran.prompt();
    return Optional.of(prompt == null ? still : still.withPrompt(still(prompt, ran, refs)));
  }

  /** It names a model, which may be called otherwise now. */
  private Prompt still(Prompt ran, Rule rule, List<BackendRef> refs) {
    List<List<String>> names =
        refs.stream().map(ref -> served(Objects.requireNonNull(ref.model())).names()).toList();
    if (names.stream().noneMatch(any -> any.contains(ran.model()))) {
      for (int i = 0; i < refs.size(); i++) {
        String before = Objects.requireNonNull(rule.backends().get(i).model());
        if (running.model(before).orElseThrow().names().contains(ran.model())) {
          return ran.asking(names.get(i).getFirst());
        }
      }
    }
    return ran;
  }

  /** Rules as they ran; null where the key of a model is gone. */
  @Nullable List<Rule> still(List<Rule> ran) {
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : ran) {
      Optional<Rule> still = still(rule);
      if (still.isEmpty()) {
        return null;
      }
      rules.add(still.get());
    }
    return rules;
  }

  private Optional<BackendRef> still(BackendRef ran) {
    String id = Objects.requireNonNull(ran.model());
    Model model = running.model(id).orElseThrow();
    Backend backend = running.backend(ran.backend()).orElseThrow();
    List<CompiledModel> models = written.getOrDefault(Model.object(id), List.of());
    Model next = models.isEmpty() ? model : still(model, backend, models);
    List<Model.Key> there =
        next.everyKey().stream().filter(key -> values.has(key.value())).toList();
    if (there.isEmpty() && next.credential() != null) {
      return Optional.empty();
    }
    next = next.withKeys(there);
    served.put(next.id(), next);
    return Optional.of(
        new BackendRef(ran.backend(), ran.weight(), ran.generation(), next.id(), ran.priority()));
  }

  /**
   * Which model of its object it is now: the one by its name, else the one that asks the provider
   * for the same, so that a list may come in the place of one model, and the other way round.
   */
  private static Optional<CompiledModel> now(Model ran, List<CompiledModel> models) {
    return models.stream()
        .filter(any -> any.model().id().equals(ran.label()))
        .findFirst()
        .or(
            () ->
                models.stream().filter(any -> any.model().model().equals(ran.model())).findFirst());
  }

  private static boolean asksTheSame(Model ran, Backend backend, CompiledModel now) {
    Model written = now.model();
    return ran.provider() == written.provider()
        && ran.model().equals(written.model())
        && ran.defaultMaxTokens() == written.defaultMaxTokens()
        && Objects.equals(ran.tensors(), written.tensors())
        && backend.place().equals(now.backend().place());
  }

  /**
   * The key of a place is sent to no other place. One that is gone from its object's list is called
   * as it was, and is asked with the keys of the others.
   *
   * @param models of its object; never empty
   */
  private static Model still(Model ran, Backend backend, List<CompiledModel> models) {
    Optional<CompiledModel> now = now(ran, models);
    if (now.isPresent() && asksTheSame(ran, backend, now.get())) {
      return now.get().model();
    }
    Model written = now.orElse(models.getFirst()).model();
    String id = now.isPresent() ? written.id() : ran.label();
    Model other =
        new Model(
                id,
                ran.provider(),
                ran.model(),
                now.isPresent() ? written.names() : ran.names(),
                null,
                ran.defaultMaxTokens(),
                written.readOnlyTools(),
                ran.tensors(),
                ran.price(),
                ran.region(),
                List.of())
            .withKeys(keys(ran, written));
    Framed form =
        new Framed()
            .add(ran.provider().name())
            .add(ran.model())
            .add(String.valueOf(ran.defaultMaxTokens()))
            .add(backend.place());
    if (ran.tensors() != null) {
      form.addAll(CompiledModel.asked(ran.tensors()));
      if (ran.tensors().found() != null) {
        form.add("found"); // who names another version gets it, unlike where it was said
      }
    }
    return other.withId(id + Model.FORM + form.hash16());
  }

  /** Those that it ran with and that are still there, as they are now; where none is, as it ran. */
  private static List<Model.Key> keys(Model ran, Model written) {
    Set<String> before =
        ran.everyKey().stream().map(key -> key.value().name()).collect(Collectors.toSet());
    List<Model.Key> now =
        written.everyKey().stream().filter(key -> before.contains(key.value().name())).toList();
    return now.isEmpty() ? ran.everyKey() : now;
  }

  /** By object, {@code namespace/name}: what was found, where a version was looked for. */
  Map<String, List<FoundVersion>> versions() {
    return versions.all();
  }

  /** As it is in the configuration. */
  Model served(String id) {
    return Objects.requireNonNull(served.get(id), id);
  }

  /** The share of a rule that asks a model as both are written. */
  BackendRef asked(
      io.warmgate.crd.v1alpha1.BackendRef ref, CompiledModel model, Generations generations) {
    BackendRef asked =
        new BackendRef(
            model.backend().id(),
            ref.weight(),
            generations.of(ref, model),
            model.model().id(),
            ref.priority());
    asWritten.add(asked.withWeight(1));
    return asked;
  }

  /** Whether this share of a configuration asks its model as it is written. */
  boolean isWritten(BackendRef ref) {
    return asWritten.contains(ref.withWeight(1));
  }
}
