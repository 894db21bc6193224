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
 * A fleet of stateless gateway pods, and what they share: listeners, cache, limits. It is the
 * aggregate: the operator reconciles it and, with it, everything attached to it.
 */
@JsonClassDescription(
    "A fleet of stateless gateway pods: where they listen, what they cache "
        + "in, how they are run.")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",
    message =
        "metadata.name: at most 40 lower-case letters, digits and '-', beginning "
            + "with a letter: the names of Services and pods are made from it")
@AdditionalPrinterColumn(
    name = "Ready",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    getDescription = "True when a pod answers.")
@AdditionalPrinterColumn(
    name = "Programmed",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Programmed\")].status",
    getDescription = "True when every answering pod has taken this gateway's configuration.")
@AdditionalPrinterColumn(
    name = "Pods",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.pods.answering",
    getDescription = "Pods that answer.")
@AdditionalPrinterColumn(
    name = "Revision",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.revision.acknowledged",
    getDescription = "The last revision that every answering pod took.")
@AdditionalPrinterColumn(
    name = "Address",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.addresses[0]",
    getDescription = "Where it is reached.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Cache",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.cache.sharedRef.name",
    getDescription = "The RedisCache it shares.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("agw")
@Categories("warmgate")
public class ApiGateway extends CustomResource<ApiGatewaySpec, ApiGatewayStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
