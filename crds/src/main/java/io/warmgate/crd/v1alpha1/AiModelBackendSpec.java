package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which model, and how it is asked. */
@ValidationRule(
    value = "self.provider != 'OpenAICompatible' || has(self.endpoint)",
    message = "OpenAICompatible has no endpoint of its own: say where the server is",
    fieldPath = ".endpoint")
@ValidationRule(
    value = "!(self.provider in ['KServeV2', 'TFServing']) || has(self.endpoint)",
    message = "KServeV2 and TFServing have no endpoint of their own: say where the server is",
    fieldPath = ".endpoint")
@ValidationRule(
    value = "!has(self.picture) || self.provider in ['KServeV2', 'TFServing']",
    message = "picture is for models of tensors: KServeV2, TFServing",
    fieldPath = ".picture")
@ValidationRule(
    value = "!has(self.picture) || self.provider != 'KServeV2' || has(self.picture.input)",
    message = "KServeV2 has names for its tensors: say which takes the picture",
    fieldPath = ".picture.input")
@ValidationRule(
    value =
        "self.provider != 'TFServing' || !has(self.modelVersion)"
            + " || self.modelVersion.matches('^[0-9]+$')",
    message = "versions of TFServing are numbers",
    fieldPath = ".modelVersion")
@ValidationRule(
    value =
        "self.provider != 'TFServing' || !has(self.models) || self.models.all(m,"
            + " !has(m.modelVersion) || m.modelVersion.matches('^[0-9]+$'))",
    message = "versions of TFServing are numbers",
    fieldPath = ".models")
@ValidationRule(
    value = "!has(self.model) || self.model != '*'",
    message = "any model is models: [{name: '*'}]",
    fieldPath = ".model")
@ValidationRule(
    value =
        "!(has(self.publicNames) && self.publicNames.exists(n, n == '*')) && !(has(self.models)"
            + " && self.models.exists(m, has(m.publicNames)"
            + " && (m.name == '*' || m.publicNames.exists(n, n == '*'))))",
    message =
        "'*' is no public name, and has none: any model is models: [{name: '*'}], called by"
            + " whatever no other model of the rule is called by",
    fieldPath = ".models")
@ValidationRule(
    value =
        "!has(self.models) || !(self.provider in ['KServeV2', 'TFServing'])"
            + " || self.models.all(m, m.name != '*')",
    message = "models of tensors are named one by one, not by '*'",
    fieldPath = ".models")
@ValidationRule(
    value = "has(self.model) != has(self.models)",
    message = "model is for one model, models for several: say one of them",
    fieldPath = ".models")
@ValidationRule(
    value =
        "!has(self.models)"
            + " || !(has(self.publicNames) || has(self.modelVersion) || has(self.price))",
    message =
        "publicNames, modelVersion and price are for one model: with models each of them says its"
            + " own",
    fieldPath = ".models")
@ValidationRule(
    value =
        "!has(self.models) || self.models.all(m, !has(m.publicNames)"
            + " || m.publicNames.all(n, n != m.name && m.publicNames.exists_one(o, o == n)))",
    message = "a public name may be there once, and the name is one already",
    fieldPath = ".models")
@ValidationRule(
    value = "!has(self.modelVersionFrom) || !has(self.modelVersion)",
    message = "modelVersion says the version, modelVersionFrom where to find it: say one of them",
    fieldPath = ".modelVersionFrom")
@ValidationRule(
    value =
        "!has(self.modelVersionFrom) || self.modelVersionFrom != 'SystemFingerprint'"
            + " || self.provider in ['OpenAI', 'OpenAICompatible', 'AzureOpenAI']",
    message = "only OpenAI, OpenAICompatible and AzureOpenAI have a SystemFingerprint",
    fieldPath = ".modelVersionFrom")
@ValidationRule(
    value =
        "!has(self.modelVersionFrom) || !(self.provider in ['Bedrock', 'KServeV2', 'TFServing'])",
    message =
        "Bedrock's answers name no model; servers of tensors are asked for their versions anyway",
    fieldPath = ".modelVersionFrom")
@ValidationRule(
    value = "!has(self.readOnlyTools) || !(self.provider in ['KServeV2', 'TFServing'])",
    message = "models of tensors call no tools",
    fieldPath = ".readOnlyTools")
@ValidationRule(
    value = "self.provider != 'AzureOpenAI' || has(self.endpoint)",
    message =
        "AzureOpenAI has an endpoint for each resource:"
            + " https://RESOURCE.openai.azure.com/openai/v1",
    fieldPath = ".endpoint")
@ValidationRule(
    value = "self.provider != 'Bedrock' || has(self.region) || has(self.endpoint)",
    message = "Bedrock has an endpoint for each region: say which region",
    fieldPath = ".region")
@ValidationRule(
    value = "!has(self.region) || self.provider == 'Bedrock'",
    message = "region is for Bedrock",
    fieldPath = ".region")
@ValidationRule(
    value = "!has(self.tls) || !has(self.endpoint) || self.endpoint.startsWith('https://')",
    message = "tls needs an endpoint with https://",
    fieldPath = ".tls")
@ValidationRule(
    value =
        "!has(self.publicNames)"
            + " || self.publicNames.all(n, self.publicNames.exists_one(other, other == n))",
    message = "a public name may be there once",
    fieldPath = ".publicNames")
@ValidationRule(
    value = "!has(self.credentialsRef) || !has(self.credentialsRefs)",
    message = "credentialsRef is for one key, credentialsRefs for several: say one of them",
    fieldPath = ".credentialsRefs")
@ValidationRule(
    value =
        "!has(self.credentialsRefs) || self.credentialsRefs.all(r,"
            + " self.credentialsRefs.exists_one(o, o.name == r.name && o.key == r.key))",
    message = "a key may be there once",
    fieldPath = ".credentialsRefs")
@ValidationRule(
    value =
        "!has(self.price) || !has(self.price.perGpuSecond)"
            + " || self.provider in ['OpenAICompatible', 'KServeV2', 'TFServing']",
    message = "perGpuSecond is for servers of one's own: OpenAICompatible, KServeV2, TFServing",
    fieldPath = ".price.perGpuSecond")
@ValidationRule(
    value =
        "!has(self.models) || self.provider in ['OpenAICompatible', 'KServeV2', 'TFServing']"
            + " || self.models.all(m, !has(m.price) || !has(m.price.perGpuSecond))",
    message = "perGpuSecond is for servers of one's own: OpenAICompatible, KServeV2, TFServing",
    fieldPath = ".models")
@Wire
public record AiModelBackendSpec(
    @JsonPropertyDescription(
            "In whose dialect it is asked: OpenAI, Anthropic, OpenAICompatible (vLLM, Ollama, TGI),"
                + " AzureOpenAI, Gemini, Mistral or Bedrock; of tensors KServeV2 (the Open"
                + " Inference Protocol: KServe, Triton, MLServer) or TFServing (TensorFlow"
                + " Serving's REST API).")
        @Required
        ModelProvider provider,
    @JsonPropertyDescription(
            "What the provider calls it; at Azure the deployment, at Bedrock the id or the ARN of a"
                + " model or an inference profile. Changing it is a release.")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.VISIBLE)
        @Nullable String model,
    @JsonPropertyDescription(
            "Several models, in the place of model: all that is said beside them holds for each."
                + " Clients call each by its own name or one of its publicNames, none by"
                + " metadata.name. The name * is any model: whichever clients name that no other"
                + " model of the rule is called by.")
        @Size(min = 1, max = 64)
        @ListMapKey("name")
        List<ModelEntry> models,
    @JsonPropertyDescription(
            "The version that its answers are of, where model alone does not say it. A server of"
                + " tensors is asked for it; absent: the newest that every pod has found there."
                + " Changing it is a release, and so is another one that is found.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.VERSION)
        @Nullable String modelVersion,
    @JsonPropertyDescription(
            "What says of which version answers are, where no modelVersion does: SystemFingerprint"
                + " (OpenAI, OpenAICompatible, AzureOpenAI), or ResponseModel, the resolved name of"
                + " the model that answered (not Bedrock). Another one, once no pod has heard the"
                + " one before for 10 minutes and 50 answers, is a release. Absent: nothing.")
        @Nullable ModelVersionSource modelVersionFrom,
    @JsonPropertyDescription(
            "What clients may call it besides its metadata.name. Several models of a rule may have"
                + " a name in common: they share its requests by weight.")
        @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.VISIBLE) String> publicNames,
    @JsonPropertyDescription(
            "The base URL, as the provider's SDK takes it: scheme://host[:port][/path]. Absent: the"
                + " provider's own.")
        @Size(min = 8, max = 512)
        @Pattern(Syntax.ENDPOINT_URL)
        @Nullable String endpoint,
    @JsonPropertyDescription(
            "The AWS region that Bedrock is asked in. Absent: as the endpoint's name has it.")
        @Size(min = 1, max = 32)
        @Pattern(Syntax.AWS_REGION)
        @Nullable String region,
    @JsonPropertyDescription(
            "The key of the provider's API; of Bedrock it may be an access key of AWS in JSON."
                + " Clients' credentials never go there. Absent: it is asked without.")
        @Nullable SecretKeyRef credentialsRef,
    @JsonPropertyDescription(
            "Several keys of the provider's API, in the place of credentialsRef. One that is"
                + " refused, or has used up what it may take, rests while the others are asked"
                + " with. Which keys there are is no release.")
        @Size(min = 1, max = 16)
        List<WeightedKeyRef> credentialsRefs,
    @JsonPropertyDescription(
            "The longest answer in tokens, where the client does not say and the provider has to be"
                + " told (Anthropic).")
        @Default("4096")
        @Min(1)
        @Max(10000000)
        Integer defaultMaxTokens,
    @JsonPropertyDescription(
            "Names of tools whose calls change nothing: answers that call no others may be kept.")
        @Size(max = 64)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.VISIBLE) String> readOnlyTools,
    @JsonPropertyDescription(
            "How pictures that are sent as they are, or as the one file of a form, become tensors."
                + " Absent: they are refused, and sent in JSON alone.")
        @Nullable PictureInput picture,
    @JsonPropertyDescription("TLS towards an endpoint with https://, where it is not the usual.")
        @Nullable BackendTls tls,
    @JsonPropertyDescription("How one of the endpoint's addresses is chosen. Absent: LeastRequest.")
        @Nullable LoadBalancing loadBalancing,
    @JsonPropertyDescription(
            "When an address that fails gets no more requests, for a while. Absent: after 5"
                + " failures, for 30s.")
        @Nullable Ejection ejection,
    @JsonPropertyDescription("How much a pod asks of it at a time. Absent: no limit.")
        @Nullable BackendLimits limits,
    @JsonPropertyDescription(
            "What it costs. Absent: what the operator's list of models says, where it is there.")
        @Nullable ModelPrice price) {

  public AiModelBackendSpec {
    models = Absent.orEmpty(models);
    publicNames = Absent.orEmpty(publicNames);
    credentialsRefs = Absent.orEmpty(credentialsRefs);
    defaultMaxTokens = Absent.or(defaultMaxTokens, 4096);
    readOnlyTools = Absent.orEmpty(readOnlyTools);
  }

  /** Whether it has a list of models, each with a name of its own. */
  public boolean hasList() {
    return !models.isEmpty();
  }

  /** Whether the version of this one of its models is looked for. */
  public boolean findsVersion(ModelEntry entry) {
    boolean takesTensors =
        provider == ModelProvider.KSERVE_V2 || provider == ModelProvider.TF_SERVING;
    return entry.modelVersion() == null
        && (takesTensors || (modelVersionFrom != null && !entry.isAny()));
  }

  /** Its models: those of the list, else the one that it is. */
  public List<ModelEntry> entries() {
    return hasList() || model == null
        ? models
        : List.of(new ModelEntry(model, publicNames, modelVersion, price));
  }

  /** What people are told that it asks for; of a list the first, and how many more there are. */
  public String title() {
    String first = entries().stream().map(ModelEntry::name).findFirst().orElse("");
    return models.size() < 2 ? first : first + " and " + (models.size() - 1) + " more";
  }

  /** Names of the Secrets that have its keys. */
  public Stream<String> keySecrets() {
    return Stream.concat(
        Stream.ofNullable(credentialsRef).map(SecretKeyRef::name),
        credentialsRefs.stream().map(WeightedKeyRef::name));
  }
}
