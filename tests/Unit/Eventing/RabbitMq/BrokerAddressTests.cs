using Tollgate.Eventing.RabbitMq;

namespace Tollgate.Unit.Eventing.RabbitMq;

/// <summary>Addresses of brokers as deployment.toml has them.</summary>
public sealed class BrokerAddressTests
{
    [Theory]
    [InlineData("tcp://tm1:5675", false, "tm1", 5675, false)]
    [InlineData("tcp://tm1", false, "tm1", 5672, false)]
    [InlineData("amqp://tm1:5672/", false, "tm1", 5672, false)]
    [InlineData("TCP://tm1:5671", true, "tm1", 5671, true)]
    [InlineData("ssl://tm1", false, "tm1", 5671, true)]
    [InlineData("amqps://[::1]:5671", false, "[::1]", 5671, true)]
    public void ReadGroup_OneAddress_HasItsParts(string entry, bool tls, string host, int port, bool secure) =>
        Assert.Equal(new BrokerAddress(host, port, secure, null, null), Assert.Single(BrokerAddress.ReadGroup(entry, tls)));

    [Fact]
    public void ReadGroup_TheNodesOfACluster_AreSeveralAddresses()
    {
        var group = BrokerAddress.ReadGroup("{tcp://a:1| tcp://b:2}", tls: false);

        Assert.Equal(["a:1", "b:2"], group.Select(address => address.Name));
    }

    [Fact]
    public void ReadGroup_ALoginInTheAddress_IsDecodedAndNotPartOfTheName()
    {
        var address = Assert.Single(BrokerAddress.ReadGroup("tcp://us%40er:p%3Aw%2F@tm1:5672", tls: false));

        Assert.Equal(("us@er", "p:w/", "tm1:5672"), (address.User, address.Password, address.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("|")]
    [InlineData("tm1:secret")]
    [InlineData("//user:secret@tm1")]
    [InlineData("http://user:secret@tm1:5672")]
    public void ReadGroup_WhatIsNoAddress_IsRefusedWithoutWhatMayBeAPassword(string entry)
    {
        var refusal = Assert.Throws<FormatException>(() => BrokerAddress.ReadGroup(entry, tls: false));

        Assert.Contains("tcp://", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }
}
