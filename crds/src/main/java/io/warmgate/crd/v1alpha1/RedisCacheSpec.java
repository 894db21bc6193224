package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of a Redis. Defaults that hold for one mode only are not structural: the API
 * server would write them in the other mode too.
 */
@ValidationRule(
    value = "self.mode == 'External' ? has(self.external) : !has(self.external)",
    message = "external is required for mode External and not allowed for Standalone",
    fieldPath = ".external")
@ValidationRule(
    value =
        "self.mode == 'Standalone' || (!has(self.image) && !has(self.maxMemory) "
            + "&& !has(self.eviction) && !has(self.resources))",
    message =
        "image, maxMemory, eviction and resources are for mode Standalone: an "
            + "External Redis is configured where it runs",
    fieldPath = ".mode")
@Wire
public record RedisCacheSpec(
    @JsonPropertyDescription(
            "Standalone: Warmgate runs one server. External: the one at external.endpoint.")
        @Default("Standalone")
        RedisMode mode,
    @JsonPropertyDescription(
            "The image of the server, Redis or Valkey. Standalone only. Absent: the "
                + "one that came with the operator.")
        @Size(min = 1, max = 512)
        @Nullable String image,
    @JsonPropertyDescription(
            "The most memory that Redis uses for data, as a Kubernetes quantity. "
                + "Standalone only, where it is 256Mi if absent.")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.MEMORY)
        @Nullable String maxMemory,
    @JsonPropertyDescription(
            "What goes first when the memory is full, always among entries with an "
                + "expiry. Standalone only, where it is LFU if absent.")
        @Nullable RedisEviction eviction,
    @JsonPropertyDescription(
            "CPU and memory of the server. Standalone only. Absent: memory of "
                + "maxMemory and a reserve.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription("The server to attach to; for mode External, and only there.")
        @Nullable ExternalRedis external) {

  public RedisCacheSpec {
    mode = Absent.or(mode, RedisMode.STANDALONE);
  }

  /** The memory that is granted where {@link #maxMemory} says nothing. */
  public static final String DEFAULT_MAX_MEMORY = "256Mi";

  /** The eviction where {@link #eviction} says nothing. */
  public static final RedisEviction DEFAULT_EVICTION = RedisEviction.LFU;
}
