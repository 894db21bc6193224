package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A tenant's application: what it is known by, and which routes it asks for. Who may approve that
 * is another right than writing the rest.
 */
@JsonClassDescription(
    "A tenant's application: what it is known by, and which routes of a gateway it asks for.")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')",
    message =
        "metadata.name: at most 63 lower-case letters, digits and '-': the names of Secrets are"
            + " made from it")
@AdditionalPrinterColumn(
    name = "Gateway",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.gatewayRef.name",
    getDescription = "The ApiGateway.")
@AdditionalPrinterColumn(
    name = "Keys",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.keyCount",
    getDescription = "API keys that pods know it by.")
@AdditionalPrinterColumn(
    name = "Approved",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.approved",
    getDescription = "How many of the routes that it asks for it may call.")
@AdditionalPrinterColumn(
    name = "Ready",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Programmed\")].status",
    getDescription = "True when every answering pod knows it as it is written.")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("ac")
@Categories("warmgate")
public class ApiConsumer extends CustomResource<ApiConsumerSpec, ApiConsumerStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
