package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A block of addresses. */
@Wire
public record IpBlock(
    @JsonPropertyDescription("Such as 10.1.0.0/16.")
        @Required
        @Size(max = 64)
        @Pattern(Syntax.IP_BLOCK)
        String cidr) {}
