package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What is to go. It cannot be changed. */
@ValidationRule(
    value = "self == oldSelf",
    message = "a CacheInvalidation cannot be changed: make a new one")
@Wire
public record CacheInvalidationSpec(
    @JsonPropertyDescription("The ApiGateway whose caches are meant, in the same namespace.")
        @Required
        NameRef gatewayRef,
    @JsonPropertyDescription("Which entries go.") @Required Selection select,
    @JsonPropertyDescription(
            "Hard: the entries are gone. Soft: they are stale from then on, asked for again, and "
                + "used as far as stale answers may be.")
        @Default("Hard")
        InvalidationMode mode,
    @JsonPropertyDescription("Purges nothing: status.matched says how many entries would go.")
        @Default("false")
        Boolean dryRun,
    @JsonPropertyDescription(
            "How long pods may take before the phase is TimedOut. The purge stays in "
                + "force after that.")
        @Default("60s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration deadline,
    @JsonPropertyDescription("How long, in seconds, a finished CacheInvalidation is kept.")
        @Default("3600")
        @Min(0)
        @Max(31536000)
        Integer ttlSecondsAfterFinished) {

  public CacheInvalidationSpec {
    mode = Absent.or(mode, InvalidationMode.HARD);
    dryRun = Absent.or(dryRun, false);
    deadline = Absent.or(deadline, ApiDuration.of("60s"));
    ttlSecondsAfterFinished = Absent.or(ttlSecondsAfterFinished, 3600);
  }
}
