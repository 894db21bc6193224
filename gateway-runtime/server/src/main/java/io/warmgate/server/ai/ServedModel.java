package io.warmgate.server.ai;

import io.warmgate.ai.Provider;
import io.warmgate.ai.Teller;
import io.warmgate.ai.anthropic.AnthropicFront;
import io.warmgate.ai.anthropic.AnthropicProvider;
import io.warmgate.ai.bedrock.BedrockProvider;
import io.warmgate.ai.bedrock.BedrockTeller;
import io.warmgate.ai.cache.Defaults;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.embedding.EmbeddingProvider;
import io.warmgate.ai.gemini.GeminiEmbeddings;
import io.warmgate.ai.gemini.GeminiProvider;
import io.warmgate.ai.gemini.GeminiTeller;
import io.warmgate.ai.inference.TensorProtocol;
import io.warmgate.ai.inference.TensorProvider;
import io.warmgate.ai.mistral.MistralEmbeddings;
import io.warmgate.ai.mistral.MistralProvider;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.ai.openai.OpenAiProvider;
import io.warmgate.config.BedrockKey;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import io.warmgate.config.ValueRef;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.Values;
import io.warmgate.server.credential.Proofs;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.version.Ear;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model, and how its provider is spoken to.
 *
 * @param provider reads and writes its dialect
 * @param readOnlyTools whose calls change nothing
 * @param keys that it is asked with, each call with one of them; never empty
 * @param ear told what its answers say of who made them
 */
record ServedModel(
    Model model, Provider provider, Set<String> readOnlyTools, List<ModelKey> keys, Ear ear) {

  /** What a provider is shown. */
  sealed interface Credential {
    /** What nobody may read in a text. */
    String secret();

    /** A key, which no text shows. */
    record Key(String value) implements Credential {
      @Override
      public String secret() {
        return value;
      }

      @Override
      public String toString() {
        return "[redacted]";
      }
    }

    /** A signature, made anew for each request. */
    record Signed(AwsSignature signature) implements Credential {
      @Override
      public String secret() {
        return signature.key().secret();
      }
    }

    /**
     * @param model that is asked with it
     * @param value of its Secret
     */
    static Credential of(Model model, String value) {
      String region = model.region();
      if (region == null) {
        return new Key(value);
      }
      return switch (BedrockKey.parse(value)) {
        case BedrockKey.ApiKey(String key) -> new Key(key);
        case BedrockKey.AccessKey key ->
            new Signed(new AwsSignature(key, region, InstantSource.system()));
      };
    }
  }

  /**
   * @param proofs told what questions say of a credential; null: of a model without one
   * @throws io.warmgate.config.ConfigException where one of its keys is missing
   */
  static ServedModel of(
      Model model, Values values, Function<@Nullable ValueRef, Proofs.Proof> proofs) {
    return new ServedModel(
        model,
        provider(model),
        Set.copyOf(model.readOnlyTools()),
        ModelKey.of(model, values, proofs),
        Ear.NONE);
  }

  /** The same, heard by another. */
  ServedModel heardBy(Ear wanted) {
    return new ServedModel(model, provider, readOnlyTools, keys, wanted);
  }

  private static Provider provider(Model model) {
    return switch (model.provider()) {
      case OPENAI, AZURE_OPENAI -> new OpenAiProvider(OpenAiProvider.Flavour.OPENAI);
      case OPENAI_COMPATIBLE -> new OpenAiProvider(OpenAiProvider.Flavour.COMPATIBLE);
      case ANTHROPIC -> new AnthropicProvider(model.defaultMaxTokens());
      case KSERVE_V2 -> new TensorProvider(TensorProtocol.OPEN_INFERENCE);
      case TF_SERVING -> new TensorProvider(TensorProtocol.TENSORFLOW);
      case GEMINI -> new GeminiProvider();
      case MISTRAL -> new MistralProvider();
      case BEDROCK -> new BedrockProvider(model.model());
    };
  }

  /** How it takes tensors. */
  Tensors tensors() {
    Tensors tensors = model.tensors();
    return tensors == null ? Tensors.PLAIN : tensors;
  }

  /** Whether clients call it that by a name of its own. */
  boolean isCalled(String name) {
    return !model.asksAny() && model.names().contains(name);
  }

  /** Whether it may be asked for the model of this name, which none is called by. */
  boolean takes(String name) {
    return model.asksAny() && AnyName.isGood(name, model.provider());
  }

  /** As it is asked by a client that calls it so. */
  ServedModel asking(String name) {
    if (!model.asksAny()) {
      return this;
    }
    Model named = model.asking(name);
    return new ServedModel(named, provider(named), readOnlyTools, keys, ear);
  }

  boolean isAnthropic() {
    return model.provider() == Model.Provider.ANTHROPIC;
  }

  /** Null: vectors are asked for as OpenAI has it. */
  @Nullable EmbeddingProvider ofVectors() {
    return switch (model.provider()) {
      case OPENAI, OPENAI_COMPATIBLE, AZURE_OPENAI, ANTHROPIC, BEDROCK, KSERVE_V2, TF_SERVING ->
          null;
      case GEMINI -> new GeminiEmbeddings();
      case MISTRAL -> new MistralEmbeddings();
    };
  }

  /** What the provider takes where a request says nothing. */
  Defaults defaults() {
    return switch (model.provider()) {
      case OPENAI, AZURE_OPENAI -> Defaults.DOCUMENTED;
      // Of Gemini's, and at Bedrock, each model has its own.
      case OPENAI_COMPATIBLE, GEMINI, BEDROCK, KSERVE_V2, TF_SERVING -> Defaults.UNKNOWN;
      // "The default value varies depending on the model", of the temperature alone.
      case MISTRAL -> new Defaults(null, BigDecimal.ONE, null);
      case ANTHROPIC -> Defaults.DOCUMENTED.withMaxTokens(model.defaultMaxTokens());
    };
  }

  /**
   * What the cache is told of a question.
   *
   * @param items what is asked; mostly one
   * @param passed fields of the client's that shape the answer, too
   * @param never why no answer to it is kept; null: one may be
   */
  Question question(List<InferenceKey> items, Map<String, String> passed, @Nullable Reason never) {
    return new Question("/models/" + model.object(), PassedFields.framed(items, passed), never);
  }

  /**
   * Writes answers in the provider's own dialect: how they are kept.
   *
   * @param nowSeconds since the epoch
   */
  Teller teller(long nowSeconds) {
    return switch (model.provider()) {
      // What Mistral's reader reads is OpenAI's form, with some words more.
      case OPENAI, OPENAI_COMPATIBLE, AZURE_OPENAI, MISTRAL -> new OpenAiFront(nowSeconds);
      case ANTHROPIC -> new AnthropicFront();
      case GEMINI -> new GeminiTeller();
      case BEDROCK -> new BedrockTeller();
      case KSERVE_V2, TF_SERVING -> throw new IllegalStateException("it holds no conversations");
    };
  }
}
