package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model that shares of rules ask. Where it is asked is the {@link Backend} of the share: its base
 * path and what the provider's dialect puts behind it.
 *
 * @param id {@code namespace/name} of its AiModelBackend, and which of its models it is where that
 *     has a list ({@link #idOf}); while a release goes in, the form that goes has a {@link #FORM}
 *     and a hash behind it
 * @param model what the provider calls it; {@link #ANY} where clients say
 * @param names what clients call it; never empty; {@link #ANY} alone: whatever no other model of
 *     the rule is called by
 * @param credential the key that the provider is asked with, the first where there are several;
 *     null: without one
 * @param defaultMaxTokens of an answer, where the client does not say and the provider has to be
 *     told
 * @param readOnlyTools names of tools whose calls change nothing, by the owner's word: answers that
 *     call no others may be kept
 * @param tensors null, and then not written: it takes none
 * @param price null: not known
 * @param region of AWS that requests are signed for; null, and then not written: it is not at
 *     Bedrock
 * @param keys all that the provider is asked with, where there are several; empty, and then not
 *     written: with the credential alone
 */
public record Model(
    String id,
    Provider provider,
    String model,
    List<String> names,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ValueRef credential,
    long defaultMaxTokens,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> readOnlyTools,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Tensors tensors,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Price price,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String region,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Key> keys) {

  /**
   * One of several keys of the provider's API.
   *
   * @param weight its share of the calls, beside those of the others; from 1
   */
  public record Key(ValueRef value, int weight) {
    public Key {
      Check.present("value", value);
      Check.range("weight", weight, 1, 1_000_000);
    }
  }

  /**
   * In an id, what stands between the object and the hash of a form that is not written any more.
   */
  public static final String FORM = "#";

  /** Stands for the name of a model that is asked for whichever clients name. */
  public static final String ANY = "*";

  /** In an id, what stands between the object and the name that the model has in its list. */
  private static final String ENTRY = ":";

  /** In whose dialect it is asked. */
  public enum Provider {
    OPENAI,
    ANTHROPIC,
    /** A server that speaks as OpenAI's does: vLLM, Ollama, TGI. */
    OPENAI_COMPATIBLE,
    /** OpenAI's models at Azure, by its v1 API. */
    AZURE_OPENAI,
    /** Google's Gemini API. */
    GEMINI,
    /** Mistral's own API. */
    MISTRAL,
    /** Amazon Bedrock, by its Converse API. */
    BEDROCK,
    /** A server of tensors that speaks the Open Inference Protocol v2: KServe, Triton, MLServer. */
    KSERVE_V2,
    /** TensorFlow Serving's REST API: tensors, too. */
    TF_SERVING;

    /** Whether it may run on somebody's own machines, so that its time is what it costs. */
    public boolean mayBeOwn() {
      return this == OPENAI_COMPATIBLE || takesTensors();
    }

    /** Whether it takes tensors, and holds no conversations. */
    public boolean takesTensors() {
      return this == KSERVE_V2 || this == TF_SERVING;
    }

    /** Whether vectors are asked of it here. */
    public boolean makesEmbeddings() {
      return !takesTensors() && this != ANTHROPIC && this != BEDROCK;
    }
  }

  public Model {
    Check.text("id", id);
    Check.present("provider", provider);
    Check.text("model", model);
    names = Check.list("names", names);
    Check.that(!names.isEmpty(), "names", "is empty");
    Check.range("defaultMaxTokens", defaultMaxTokens, 1, 10_000_000);
    readOnlyTools = readOnlyTools == null ? List.of() : Check.list("readOnlyTools", readOnlyTools);
    Check.that(
        (tensors != null) == provider.takesTensors(),
        "tensors",
        "is there without the need, or not");
    Check.that(
        (region != null) == (provider == Provider.BEDROCK),
        "region",
        "is there without the need, or not");
    keys = keys == null ? List.of() : Check.list("keys", keys);
    Check.that(
        keys.isEmpty() || (keys.size() > 1 && keys.getFirst().value().equals(credential)),
        "keys",
        "are several, of which the credential is the first");
  }

  /** Of a model that is asked with one key, or without. */
  public Model(
      String id,
      Provider provider,
      String model,
      List<String> names,
      @Nullable ValueRef credential,
      long defaultMaxTokens,
      List<String> readOnlyTools,
      @Nullable Tensors tensors,
      @Nullable Price price) {
    this(
        id,
        provider,
        model,
        names,
        credential,
        defaultMaxTokens,
        readOnlyTools,
        tensors,
        price,
        null,
        List.of());
  }

  /** Of a model that conversations are held with, or that makes embeddings, at no known price. */
  public Model(
      String id,
      Provider provider,
      String model,
      List<String> names,
      @Nullable ValueRef credential,
      long defaultMaxTokens,
      List<String> readOnlyTools) {
    this(id, provider, model, names, credential, defaultMaxTokens, readOnlyTools, null, null);
  }

  /** The same under another id. */
  public Model withId(String other) {
    return with(other, credential, tensors, price, keys);
  }

  /** The same, asked as these say. */
  public Model taking(Tensors others) {
    return with(id, credential, others, price, keys);
  }

  /** The same at a price. */
  public Model at(Price other) {
    return with(id, credential, tensors, other, keys);
  }

  /**
   * The same, asked with these keys.
   *
   * @param others empty: without one
   */
  public Model withKeys(List<Key> others) {
    return with(
        id,
        others.isEmpty() ? null : others.getFirst().value(),
        tensors,
        price,
        others.size() > 1 ? others : List.of());
  }

  private Model with(
      String otherId,
      @Nullable ValueRef otherCredential,
      @Nullable Tensors otherTensors,
      @Nullable Price otherPrice,
      List<Key> otherKeys) {
    return new Model(
        otherId,
        provider,
        model,
        names,
        otherCredential,
        defaultMaxTokens,
        readOnlyTools,
        otherTensors,
        otherPrice,
        region,
        otherKeys);
  }

  /** Whether it is asked for whichever model a client names. */
  public boolean asksAny() {
    return names.size() == 1 && names.getFirst().equals(ANY);
  }

  /** The same, which the provider is asked for by a name that a client chose. */
  public Model asking(String name) {
    return new Model(
        id,
        provider,
        name,
        names,
        credential,
        defaultMaxTokens,
        readOnlyTools,
        tensors,
        price,
        region,
        keys);
  }

  /** What the provider is asked for, as far as the configuration says it: no client's word. */
  public String configured() {
    return asksAny() ? ANY : model;
  }

  /** What it is asked with, one key or several; empty: without one. */
  public List<Key> everyKey() {
    return keys.isEmpty() ? Stream.ofNullable(credential).map(Model::alone).toList() : keys;
  }

  private static Key alone(ValueRef value) {
    return new Key(value, 1);
  }

  /** {@code namespace/name} of its AiModelBackend: what keys, purges and the status know it by. */
  public String object() {
    return object(id);
  }

  /** {@code namespace/name} of the AiModelBackend of the model with this id. */
  public static String object(String id) {
    return before(ENTRY, label(id));
  }

  /** The id without its form: what logs, metrics and traces know it by. */
  public String label() {
    return label(id);
  }

  /** The id of a model without its form. */
  public static String label(String id) {
    return before(FORM, id);
  }

  /** Whether it is as it is written: no form of it that goes. */
  public boolean asWritten() {
    return label().equals(id);
  }

  /**
   * The id of one of several models of an object, as it is written: {@code namespace/name:ENTRY}.
   *
   * @param object {@code namespace/name}, neither of which has a colon
   * @param name in the object's list; what an id has a meaning for is escaped, as in a URL
   */
  public static String idOf(String object, String name) {
    return object + ENTRY + name.replace("%", "%25").replace(FORM, "%23");
  }

  private static String before(String mark, String text) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }
}
