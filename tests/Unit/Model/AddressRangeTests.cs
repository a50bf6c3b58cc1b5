using System.Net;
using Tollgate.Model;

namespace Tollgate.Unit.Model;

/// <summary>Addresses and networks.</summary>
public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.128.0.0/9", "10.127.255.255", false)]
    [InlineData("10.1.2.3/31", "10.1.2.2", true)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("::/0", "203.0.113.1", true)]
    public void Contains_AnAddress_ComparesThePrefix(string range, string address, bool contained) =>
        Assert.Equal(contained, Assert.Single(AddressRange.ParseList(range)!).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("192.0.2")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("fe80::1%eth0")]
    [InlineData("2001:db8::/129")]
    [InlineData("10.0.0.1, host.example")]
    public void ParseList_WhatNotEverybodyReadsAlike_IsRefused(string list) => Assert.Null(AddressRange.ParseList(list));

    [Fact]
    public void ParseList_SeveralWithSpaces_ReadsAll() => Assert.Equal(3, AddressRange.ParseList(" 10.0.0.1 ,10.0.0.0/8,, ::1 ")!.Count);
}
