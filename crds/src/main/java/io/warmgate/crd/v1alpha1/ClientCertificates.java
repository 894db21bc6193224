package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;

/** Whose client certificates an HTTPS listener takes. */
@Wire
public record ClientCertificates(
    @JsonPropertyDescription(
            "Required: no connection without a certificate that one of the authorities signed. "
                + "Optional: none is fine, any other is refused.")
        @Default("Required")
        ClientCertificateMode mode,
    @JsonPropertyDescription(
            "A Secret in the gateway's namespace whose key ca.crt holds the certificates of the "
                + "authorities. A change is taken without a restart.")
        @Required
        NameRef caRef) {

  public ClientCertificates {
    mode = Absent.or(mode, ClientCertificateMode.REQUIRED);
  }
}
