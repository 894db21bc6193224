package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who may call a rule, and how it is known who calls. */
@ValidationRule(
    value =
        "has(self.apiKey) || has(self.jwt) || has(self.clientCertificate)"
            + " || (has(self.external) && self.callers == 'Anybody')",
    message =
        "at least one of apiKey, jwt and clientCertificate, or external with callers: Anybody")
@Wire
public record RouteAuth(
    @JsonPropertyDescription("API keys of ApiConsumers are accepted.") @Nullable ApiKeyAuth apiKey,
    @JsonPropertyDescription("Bearer tokens of these issuers are accepted.") @Nullable JwtAuth jwt,
    @JsonPropertyDescription("The client certificate of the connection is accepted.")
        @Nullable ClientCertificateAuth clientCertificate,
    @JsonPropertyDescription(
            "Granted: consumers that were granted the route. Consumers: any. Verified: also whoever"
                + " has a token that verifies and is no consumer's. Anybody: everybody, but a"
                + " credential that is there has to verify.")
        @Default("Granted")
        AllowedCallers callers,
    @JsonPropertyDescription(
            "None: a consumer that asks for the route is granted it at once. Required: somebody"
                + " with the verb approve on apiconsumers decides.")
        @Default("None")
        RouteApproval approval,
    @JsonPropertyDescription(
            "What is done where a credential cannot be verified because its issuer does not answer,"
                + " or external does not. Deny: 503. Allow: the request goes on, as nobody's where"
                + " it is not known who calls.")
        @Default("Deny")
        OnUnavailable onUnavailable,
    @JsonPropertyDescription("Whether the backend gets the credentials.") @Default("false")
        Boolean forwardCredentials,
    @JsonPropertyDescription(
            "How long a pod remembers that a token was verified, at most; never beyond its exp. At"
                + " most 1d; 0s: each request is verified.")
        @Default("5m")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration cacheFor,
    @JsonPropertyDescription("A service of yours that decides, once it is known who calls.")
        @Nullable ExternalAuth external) {

  public RouteAuth {
    callers = Absent.or(callers, AllowedCallers.GRANTED);
    approval = Absent.or(approval, RouteApproval.NONE);
    onUnavailable = Absent.or(onUnavailable, OnUnavailable.DENY);
    forwardCredentials = Absent.or(forwardCredentials, false);
    cacheFor = Absent.or(cacheFor, ApiDuration.of("5m"));
  }
}
