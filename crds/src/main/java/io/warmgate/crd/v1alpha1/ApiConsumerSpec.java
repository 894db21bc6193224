package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a consumer is known by, what it asks for, and what was decided of that. */
@ValidationRule(
    value = "has(self.keys) || has(self.tokens) || has(self.certificates)",
    message = "a consumer is known by keys, tokens or certificates: say at least one")
@ValidationRule(
    value =
        "!has(self.limits)"
            + " || self.limits.all(l, l.by == 'Consumer'"
            + " && self.limits.exists_one(other, other.name == l.name))",
    message = "limits are by Consumer, and each has a name of its own",
    fieldPath = ".limits")
@Wire
public record ApiConsumerSpec(
    @JsonPropertyDescription("The ApiGateway that it calls.") @Required
        ConsumerGatewayRef gatewayRef,
    @JsonPropertyDescription(
            "API keys; any of them is it. Several at a time for rotation. Pods get their SHA-256"
                + " alone.")
        @Size(min = 1, max = 16)
        @ListMapKey("name")
        List<ConsumerKey> keys,
    @JsonPropertyDescription("Bearer tokens (JWT) that are it: any that fits one of these.")
        @Size(min = 1, max = 16)
        List<ConsumerToken> tokens,
    @JsonPropertyDescription("Client certificates that are it.") @Size(min = 1, max = 16)
        List<ConsumerCertificate> certificates,
    @JsonPropertyDescription(
            "The ApiRoutes that it asks for, of its gateway and in its gateway's namespace.")
        @Size(max = 64)
        @ListMapKey("name")
        List<NameRef> routes,
    @JsonPropertyDescription(
            "What was decided, by route. Only who has the verb approve on apiconsumers in the"
                + " gateway's namespace may change it.")
        @Size(max = 64)
        @ListMapKey("route")
        List<Approval> approvals,
    @JsonPropertyDescription(
            "How much it may ask for, of all routes of its gateway together; by is Consumer."
                + " Beside the limits of a rule.")
        @Size(max = 8)
        List<RequestLimit> limits) {

  public ApiConsumerSpec {
    keys = Absent.orEmpty(keys);
    tokens = Absent.orEmpty(tokens);
    certificates = Absent.orEmpty(certificates);
    routes = Absent.orEmpty(routes);
    approvals = Absent.orEmpty(approvals);
    limits = Absent.orEmpty(limits);
  }
}
