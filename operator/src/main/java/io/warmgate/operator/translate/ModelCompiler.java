package io.warmgate.operator.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.config.Backend;
import io.warmgate.config.BedrockKey;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import io.warmgate.config.ValueRef;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ModelEntry;
import io.warmgate.crd.v1alpha1.ModelProvider;
import io.warmgate.crd.v1alpha1.PictureInput;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import io.warmgate.crd.v1alpha1.WeightedKeyRef;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models of an AiModelBackend: all of them or none. */
final class ModelCompiler {
  private final Snapshot snapshot;
  private final Values values;
  private final BackendCompiler backends;

  ModelCompiler(Snapshot snapshot, Values values, BackendCompiler backends) {
    this.snapshot = snapshot;
    this.values = values;
    this.backends = backends;
  }

  /**
   * @param findings told of the keys that are left out, where others are there
   * @throws Unusable naming the first field that cannot be used
   */
  List<CompiledModel> compile(AiModelBackend object, Findings findings) {
    AiModelBackendSpec spec = object.getSpec();
    if (spec.entries().isEmpty()) {
      throw Unusable.invalid("spec.model", "is required, or models");
    }
    checkNames(spec.models());
    Backend backend = backends.model(spec, endpoint(spec));
    List<CompiledModel> models = new ArrayList<>();
    for (ModelEntry entry : spec.entries()) {
      models.add(new CompiledModel(model(object, entry), backend, entry.modelVersion()));
    }
    List<Model.Key> keys = keys(object, findings);
    return models.stream().map(model -> model.withKeys(keys)).toList();
  }

  /** As it is asked without a key. */
  private Model model(AiModelBackend object, ModelEntry entry) {
    AiModelBackendSpec spec = object.getSpec();
    String id = ObjectKey.of(object).id();
    return new Model(
        spec.hasList() ? Model.idOf(id, entry.name()) : id,
        provider(spec),
        entry.name(),
        names(spec.hasList() ? entry.name() : object.getMetadata().getName(), entry),
        null,
        spec.defaultMaxTokens(),
        spec.readOnlyTools().stream().distinct().sorted().toList(),
        tensors(spec, entry),
        Prices.of(spec, entry, snapshot.facts().models()),
        BedrockRegion.of(spec),
        List.of());
  }

  /** Of two models of a list that have a name in common nobody would know which is asked. */
  private static void checkNames(List<ModelEntry> models) {
    Map<String, String> called = new HashMap<>();
    models.forEach(model -> called.put(model.name(), model.name()));
    for (int i = 0; i < models.size(); i++) {
      ModelEntry model = models.get(i);
      if (model.name().equals(Model.ANY) && !model.publicNames().isEmpty()) {
        throw Unusable.invalid(
            "spec.models[%d].publicNames".formatted(i),
            "any model has none: it is called by whatever no other model of a rule is called by");
      }
      for (int j = 0; j < model.publicNames().size(); j++) {
        String name = model.publicNames().get(j);
        String other = called.putIfAbsent(name, model.name());
        if (other != null) {
          throw Unusable.invalid(
              "spec.models[%d].publicNames[%d]".formatted(i, j),
              ("'%s' is a name of '%s' already; take one of them out, or make an AiModelBackend of"
                      + " its own of a model that is to share a name")
                  .formatted(name, other));
        }
      }
    }
  }

  /**
   * Whether it runs in plain at a host that is now to be asked over TLS: what is sent there must
   * not go on being readable because something else of the model cannot be used.
   */
  static boolean inPlain(Backend running, AiModelBackendSpec spec) {
    if (running.tls() != null) {
      return false;
    }
    try {
      BackendUrl url = BackendUrl.parse("spec.endpoint", endpoint(spec));
      return url.secure() && url.host().equals(running.target().host());
    } catch (Unusable e) {
      return false; // where it is to be asked is not known
    }
  }

  private static List<String> names(String first, ModelEntry entry) {
    return Stream.concat(Stream.of(first), entry.publicNames().stream()).distinct().toList();
  }

  /** Null: it takes none. */
  private static @Nullable Tensors tensors(AiModelBackendSpec spec, ModelEntry entry) {
    PictureInput picture = spec.picture();
    return provider(spec).takesTensors()
        ? new Tensors(
            entry.modelVersion(), picture == null ? null : new Tensors.Picture(picture.input()))
        : null;
  }

  private static Model.Provider provider(AiModelBackendSpec spec) {
    return switch (spec.provider()) {
      case OPENAI -> Model.Provider.OPENAI;
      case ANTHROPIC -> Model.Provider.ANTHROPIC;
      case OPENAI_COMPATIBLE -> Model.Provider.OPENAI_COMPATIBLE;
      case KSERVE_V2 -> Model.Provider.KSERVE_V2;
      case TF_SERVING -> Model.Provider.TF_SERVING;
      case AZURE_OPENAI -> Model.Provider.AZURE_OPENAI;
      case GEMINI -> Model.Provider.GEMINI;
      case MISTRAL -> Model.Provider.MISTRAL;
      case BEDROCK -> Model.Provider.BEDROCK;
    };
  }

  private static String endpoint(AiModelBackendSpec spec) {
    return Optional.ofNullable(spec.endpoint())
        .orElseGet(
            () ->
                switch (spec.provider()) {
                  case OPENAI -> "https://api.openai.com/v1";
                  case ANTHROPIC -> "https://api.anthropic.com";
                  case MISTRAL -> "https://api.mistral.ai/v1";
                  case GEMINI -> "https://generativelanguage.googleapis.com/v1beta";
                  case BEDROCK -> BedrockRegion.endpoint(spec);
                  case OPENAI_COMPATIBLE ->
                      throw Unusable.invalid("spec.endpoint", "OpenAICompatible needs one");
                  case KSERVE_V2, TF_SERVING ->
                      throw Unusable.invalid("spec.endpoint", "servers of tensors need one");
                  case AZURE_OPENAI ->
                      throw Unusable.invalid("spec.endpoint", "AzureOpenAI needs one");
                });
  }

  /** Each that is there; empty where none is named. */
  private List<Model.Key> keys(AiModelBackend object, Findings findings) {
    SecretKeyRef one = object.getSpec().credentialsRef();
    if (one != null) {
      return List.of(new Model.Key(credential(object.getSpec(), "spec.credentialsRef", one), 1));
    }
    List<WeightedKeyRef> named = object.getSpec().credentialsRefs();
    List<Model.Key> keys = new ArrayList<>();
    List<Unusable> left = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      WeightedKeyRef ref = named.get(i);
      try {
        String path = "spec.credentialsRefs[" + i + "]";
        keys.add(new Model.Key(credential(object.getSpec(), path, ref.ref()), ref.weight()));
      } catch (Unusable e) {
        left.add(e);
      }
    }
    if (keys.isEmpty() && !left.isEmpty()) {
      throw left.getFirst();
    }
    ObjectKey model = ObjectKey.of(object);
    left.forEach(why -> findings.add(why.in(model, "it is asked with the other keys alone")));
    return keys;
  }

  private ValueRef credential(AiModelBackendSpec spec, String path, SecretKeyRef ref) {
    boolean isBedrocks = spec.provider() == ModelProvider.BEDROCK;
    return values.ref(ref.name(), ref.key(), isBedrocks ? bedrockKey(path, ref) : key(path, ref));
  }

  /** On one line, whatever lines it has in its Secret. */
  private byte[] bedrockKey(String path, SecretKeyRef ref) {
    try {
      return BedrockKey.parse(new String(value(path, ref), UTF_8)).text().getBytes(UTF_8);
    } catch (ConfigException e) {
      throw Unusable.unresolved(
          ConditionReason.INVALID_SECRET,
          path,
          "key '%s' of Secret '%s' %s".formatted(ref.key(), ref.name(), e.problem()));
    }
  }

  /** A field's value has no white space around it (RFC 9110 §5.5); files often end with a line. */
  private byte[] key(String path, SecretKeyRef ref) {
    String key = new String(value(path, ref), UTF_8).strip();
    if (key.isEmpty() || !key.matches("[!-~]*")) {
      throw Unusable.unresolved(
          ConditionReason.INVALID_SECRET,
          path,
          "key '%s' of Secret '%s' %s"
              .formatted(
                  ref.key(),
                  ref.name(),
                  key.isEmpty()
                      ? "is empty; put the provider's API key there"
                      : "has characters that cannot stand in a header: use visible ASCII alone"));
    }
    return key.getBytes(UTF_8);
  }

  private byte[] value(String path, SecretKeyRef ref) {
    String namespace = snapshot.namespace();
    if (snapshot.references().secret(namespace, ref.name()) instanceof SecretLookup.Missing) {
      throw missing(
          path,
          "Secret '%s' with key '%s' does not exist in namespace '%s'; create it: kubectl -n %s"
                  .formatted(ref.name(), ref.key(), namespace, namespace)
              + " create secret generic %s --from-file=%s=FILE".formatted(ref.name(), ref.key()));
    }
    SecretLookup.Found secret = values.secret(path, ref.name());
    return secret
        .value(ref.key())
        .orElseThrow(
            () ->
                missing(
                    path,
                    "Secret '%s' has no key '%s'; it has %s: add the key, or name one of those"
                        .formatted(
                            ref.name(),
                            ref.key(),
                            secret.data().keySet().stream().sorted().toList())));
  }

  private static Unusable missing(String path, String problem) {
    return Unusable.unresolved(ConditionReason.SECRET_NOT_FOUND, path, problem);
  }
}
