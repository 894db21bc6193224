package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The gateway that a consumer calls. */
@Wire
public record ConsumerGatewayRef(
    @JsonPropertyDescription("The name of an ApiGateway.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.OBJECT_NAME)
        String name,
    @JsonPropertyDescription(
            "Its namespace. Absent: the consumer's. In another one a ReferenceGrant"
                + " (gateway.networking.k8s.io) has to let ApiConsumers of the consumer's namespace"
                + " name it.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        @Nullable String namespace) {

  /** Where the gateway is, of a consumer in this namespace. */
  public String namespaceFor(String consumers) {
    return Absent.or(namespace, consumers);
  }
}
