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
 * A Redis (or Valkey) that gateways share: one that Warmgate runs, or one that is there already.
 */
@JsonClassDescription("A Redis or Valkey that gateways share: run by Warmgate, or attached.")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",
    message =
        "metadata.name: at most 40 lower-case letters, digits and '-', beginning "
            + "with a letter: the names of Services and pods are made from it")
@AdditionalPrinterColumn(
    name = "Mode",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.mode",
    getDescription = "Standalone or External.")
@AdditionalPrinterColumn(
    name = "Endpoint",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.endpoint",
    getDescription = "Where it is reached.")
@AdditionalPrinterColumn(
    name = "Memory",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.maxMemory",
    getDescription = "The most memory it takes.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Ready",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    getDescription = "True when it answers.")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("rdc")
@Categories("warmgate")
public class RedisCache extends CustomResource<RedisCacheSpec, RedisCacheStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
