# Writes reconcile.json beside it: the projection by its dense formula, for the tests of akimat-forecast.
import numpy as np, json
rng=np.random.default_rng(20261122)
parents=[None,0,0,0,1,1,2,2,2,3,3,4,4,9,9,9]
n=len(parents); ch=[[j for j in range(n) if parents[j]==i] for i in range(n)]
leaves=[i for i in range(n) if not ch[i]]
S=np.zeros((n,len(leaves)))
def under(i): return [i] if not ch[i] else [l for c in ch[i] for l in under(c)]
for i in range(n):
    for l in under(i): S[i,leaves.index(l)]=1
base=np.round(S@rng.uniform(50,500,len(leaves))+rng.normal(0,40,n),2)
T=9
E=np.round(rng.normal(0,1,(T,n))@ (np.eye(n)*15+rng.normal(0,8,(n,n))) ,2)
def rec(W): 
    Wi=np.linalg.inv(W); return (S@np.linalg.inv(S.T@Wi@S)@S.T@Wi@base)
cov=E.T@E/T; D=np.diag(np.diag(cov)); sd=np.sqrt(np.diag(cov)); cor=cov/np.outer(sd,sd)
xs=E/sd
v=(1/(T*(T-1)))*((xs**2).T@(xs**2)-(1/T)*(xs.T@xs)**2); np.fill_diagonal(v,0)
d=(cor-np.eye(n))**2
lam=min(max(v.sum()/d.sum(),0),1)
out=dict(provenance=dict(formula="S (S' W^-1 S)^-1 S' W^-1 base, dense, by NumPy %s; intensity after Schaefer and Strimmer 2005, errors not centred"%np.__version__,
  seed=20261122, note="W: ols identity; wls_struct diagonal of row sums of S; wls_variance diagonal of E'E/T; mint_shrink intensity*diagonal+(1-intensity)*E'E/T"),
 parents=parents,base=base.tolist(),errors=E.tolist(),intensity=lam,
 bottom_up=(S@base[leaves]).tolist(),ols=rec(np.eye(n)).tolist(),wls_struct=rec(np.diag(S.sum(1))).tolist(),
 wls_variance=rec(D).tolist(),mint_shrink=rec(lam*D+(1-lam)*cov).tolist())
json.dump(out,open('reconcile.json','w'),indent=1)
print(lam,out['mint_shrink'][:3])
