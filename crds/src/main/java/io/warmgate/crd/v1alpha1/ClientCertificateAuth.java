package io.warmgate.crd.v1alpha1;

/** The client certificate of the connection is accepted; there is nothing more to say of it. */
@Wire
public record ClientCertificateAuth() {}
