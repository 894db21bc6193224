package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of one partition (one consumer, one value of a claim, one credential) may take
 * of the caches. What is not said is not structural: a default for Redis would be written where
 * there is none.
 */
@Wire
public record PartitionShare(
    @JsonPropertyDescription(
            "Of each pod's memory: percent of local.maxMemory, as 25%, or a Kubernetes quantity. A "
                + "partition that would take more evicts its own entries, and no others. Absent: "
                + "25%. 100%: none is bounded.")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.SHARE)
        @Nullable String memory,
    @JsonPropertyDescription(
            "The same of Redis: percent of its maxmemory, or a quantity. Absent: 25%. Where the "
                + "gateway may not read an External server's maxmemory (INFO), percent bound "
                + "nobody.")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.SHARE)
        @Nullable String redis) {}
